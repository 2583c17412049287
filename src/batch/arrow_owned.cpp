#include "batch/arrow_owned.hpp"

#include <cstring>

namespace placement::batch {
namespace {

// What stands behind private_data. The structures of children lie in the owner and not in the parent's own structure,
// which its reader may move; a child that was moved out has no `release` any more and is passed over.
struct SchemaOwner {
  SchemaParts parts;
  std::vector<ArrowSchema*> children;
};

struct ArrayOwner {
  ArrayParts parts;
  std::vector<const void*> buffers;
  std::vector<ArrowArray*> children;
};

void release_made_schema(ArrowSchema* schema) {
  delete static_cast<SchemaOwner*>(schema->private_data);
  schema->private_data = nullptr;
  schema->release = nullptr;
}

void release_made_array(ArrowArray* array) {
  delete static_cast<ArrayOwner*>(array->private_data);
  array->private_data = nullptr;
  array->release = nullptr;
}

void append_length(std::size_t length, std::string& bytes) {
  const auto number = static_cast<std::int32_t>(length);
  bytes.append(sizeof number, '\0');
  std::memcpy(bytes.data() + bytes.size() - sizeof number, &number, sizeof number);
}

}  // namespace

Owned<ArrowSchema> make_schema(SchemaParts parts) {
  auto owner = std::make_unique<SchemaOwner>();
  owner->parts = std::move(parts);
  for (Owned<ArrowSchema>& child : owner->parts.children) owner->children.push_back(child.get());
  ArrowSchema schema{};
  schema.format = owner->parts.format.c_str();
  schema.name = owner->parts.name.c_str();
  schema.metadata = owner->parts.metadata.empty() ? nullptr : owner->parts.metadata.data();
  schema.flags = owner->parts.flags;
  schema.n_children = static_cast<std::int64_t>(owner->children.size());
  schema.children = owner->children.empty() ? nullptr : owner->children.data();
  schema.dictionary = owner->parts.dictionary.has_value() ? owner->parts.dictionary.get() : nullptr;
  schema.release = release_made_schema;
  schema.private_data = owner.release();
  return Owned<ArrowSchema>(schema);
}

std::string schema_metadata(const std::vector<std::pair<std::string_view, std::string_view>>& keys_and_values) {
  std::string bytes;
  append_length(keys_and_values.size(), bytes);
  for (const auto& [key, value] : keys_and_values) {
    append_length(key.size(), bytes);
    bytes += key;
    append_length(value.size(), bytes);
    bytes += value;
  }
  return bytes;
}

Owned<ArrowArray> make_array(ArrayParts parts) {
  auto owner = std::make_unique<ArrayOwner>();
  owner->parts = std::move(parts);
  for (const Buffer& buffer : owner->parts.buffers) owner->buffers.push_back(buffer.get());
  for (Owned<ArrowArray>& child : owner->parts.children) owner->children.push_back(child.get());
  ArrowArray array{};
  array.length = owner->parts.length;
  array.null_count = owner->parts.null_count;
  array.n_buffers = static_cast<std::int64_t>(owner->buffers.size());
  array.n_children = static_cast<std::int64_t>(owner->children.size());
  array.buffers = owner->buffers.empty() ? nullptr : owner->buffers.data();
  array.children = owner->children.empty() ? nullptr : owner->children.data();
  array.dictionary = owner->parts.dictionary.has_value() ? owner->parts.dictionary.get() : nullptr;
  array.release = release_made_array;
  array.private_data = owner.release();
  return Owned<ArrowArray>(array);
}

}  // namespace placement::batch
