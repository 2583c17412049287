// Streams as their readers use and misuse them: schemas asked for again and again, ends asked for again, parts moved
// out, readers that leave early, inputs that fail. What is left over is counted.
#include <cerrno>

#include "support/arrow_arrays.hpp"
#include "unit/batch/packs.hpp"

namespace placement {
namespace arrow_stream_test {

using arrow_tests::Built;

Built people(const arrow_tests::Numbers& scores) {
  return arrow_tests::batch({arrow_tests::texts("id", "u", arrow_tests::Texts(scores.size(), "somebody")),
                             arrow_tests::numbers("cows_score", "l", scores)},
                            static_cast<std::int64_t>(scores.size()));
}

class ArrowStream : public testing::Test {
 protected:
  void TearDown() override { EXPECT_EQ(arrow_tests::living(), 0); }

  static ArrowArrayStream scored(const std::vector<Built>& batches, int failure = 0) {
    ArrowArrayStream input = arrow_tests::stream_of(batches, failure);
    Result<ArrowArrayStream> stream = score_arrow_stream(batch_tests::shipped(), input);
    EXPECT_TRUE(stream.has_value());
    EXPECT_EQ(input.release, nullptr);
    return *stream;
  }
};

TEST_F(ArrowStream, GivesABatchForABatch) {
  ArrowArrayStream stream = scored({people({14, 99, {}}), people({}), people({3})});
  for (const std::int64_t rows : {3, 0, 1}) {
    ArrowArray batch;
    ASSERT_EQ(stream.get_next(&stream, &batch), 0);
    ASSERT_NE(batch.release, nullptr);
    EXPECT_EQ(batch.length, rows);
    batch.release(&batch);
    EXPECT_EQ(batch.release, nullptr);
  }
  for (int again = 0; again < 3; ++again) {
    ArrowArray batch;
    EXPECT_EQ(stream.get_next(&stream, &batch), 0);
    EXPECT_EQ(batch.release, nullptr);
    EXPECT_EQ(stream.get_last_error(&stream), nullptr);
  }
  stream.release(&stream);
  EXPECT_EQ(stream.release, nullptr);
}

TEST_F(ArrowStream, GivesSchemasThatOutliveIt) {
  ArrowArrayStream stream = scored({people({14})});
  std::vector<ArrowSchema> schemas(4);
  std::vector<ArrowArray> batches(1);
  for (std::size_t i = 0; i < 2; ++i) ASSERT_EQ(stream.get_schema(&stream, &schemas[i]), 0);
  ASSERT_EQ(stream.get_next(&stream, batches.data()), 0);
  for (std::size_t i = 2; i < 4; ++i) ASSERT_EQ(stream.get_schema(&stream, &schemas[i]), 0);
  stream.release(&stream);
  EXPECT_EQ(arrow_tests::living(), 0);  // nothing of the input is kept
  for (ArrowSchema& schema : schemas) {
    EXPECT_EQ(arrow_tests::rows_of(schema, batches[0])[0].at("id"), "somebody");
    schema.release(&schema);
  }
  batches[0].release(batches.data());
}

// The bits of a structure are copied and the copy is used; children and dictionaries leave before their parent.
TEST_F(ArrowStream, GivesStructuresThatCanBeMoved) {
  ArrowArrayStream made = scored({people({14, 3})});
  ArrowArrayStream stream = made;
  std::memset(&made, 0xAA, sizeof made);
  ArrowSchema schema, first_schema;
  ArrowArray batch;
  ASSERT_EQ(stream.get_schema(&stream, &first_schema), 0);
  schema = first_schema;
  std::memset(&first_schema, 0xAA, sizeof first_schema);
  ASSERT_EQ(stream.get_next(&stream, &batch), 0);
  ArrowArray moved = batch;
  std::memset(&batch, 0xAA, sizeof batch);
  EXPECT_EQ(arrow_tests::rows_of(schema, moved).size(), 2U);

  std::vector<ArrowArray> children;
  std::vector<ArrowSchema> child_schemas;
  for (std::int64_t c = 0; c < moved.n_children; ++c) {
    children.push_back(*moved.children[c]);
    moved.children[c]->release = nullptr;
    child_schemas.push_back(*schema.children[c]);
    schema.children[c]->release = nullptr;
  }
  moved.release(&moved);
  schema.release(&schema);
  stream.release(&stream);
  for (std::size_t c = 0; c < children.size(); ++c) {
    ArrowSchema* schema_pointers[] = {&child_schemas[c]};
    ArrowArray* array_pointers[] = {&children[c]};
    ArrowSchema parent_schema{};
    parent_schema.children = schema_pointers;
    ArrowArray parent{};
    parent.length = children[c].length;
    parent.n_children = 1;
    parent.children = array_pointers;
    EXPECT_EQ(arrow_tests::rows_of(parent_schema, parent).size(), 2U);
    children[c].release(&children[c]);
    child_schemas[c].release(&child_schemas[c]);
  }
}

TEST_F(ArrowStream, CanBeLeftAtAnyTime) {
  for (int batches = 0; batches < 3; ++batches) {
    ArrowArrayStream stream = scored({people({14}), people({3}), people({1})});
    for (int i = 0; i < batches; ++i) {
      ArrowArray batch;
      ASSERT_EQ(stream.get_next(&stream, &batch), 0);
      batch.release(&batch);
    }
    stream.release(&stream);
    EXPECT_EQ(arrow_tests::living(), 0);
  }
}

TEST_F(ArrowStream, FailsForGoodWithWhatItsInputFailedWith) {
  ArrowArrayStream stream = scored({people({14})}, EIO);
  ArrowArray batch;
  ASSERT_EQ(stream.get_next(&stream, &batch), 0);
  batch.release(&batch);
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(stream.get_next(&stream, &batch), EIO);
    EXPECT_EQ(batch.release, nullptr);
    const std::string said = stream.get_last_error(&stream);
    EXPECT_EQ(said, "the input stream failed with code 5; its own words are kept back, as they may hold values");
  }
  stream.release(&stream);
}

TEST_F(ArrowStream, FailsForGoodOnABatchThatIsBroken) {
  Built broken = people({14});
  broken.children[1].buffers[1].reset();
  broken.children[0].buffers.pop_back();
  ArrowArrayStream stream = scored({people({14}), broken, people({14})});
  ArrowArray batch;
  ASSERT_EQ(stream.get_next(&stream, &batch), 0);
  batch.release(&batch);
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(stream.get_next(&stream, &batch), EINVAL);
    EXPECT_EQ(batch.release, nullptr);
    const std::string said = stream.get_last_error(&stream);
    EXPECT_EQ(said,
              "column 2: `cows_score` is no Arrow array of its type: it has no values; "
              "column 1: `id` is no Arrow array of its type: it has not as many buffers as its type");
  }
  stream.release(&stream);
}

TEST_F(ArrowStream, LeavesTheInputWhereItCannotBeScored) {
  Built unknown = people({14});
  unknown.children[1].name = "cows";
  ArrowArrayStream input = arrow_tests::stream_of({unknown});
  const Result<ArrowArrayStream> stream = score_arrow_stream(batch_tests::shipped(), input);
  ASSERT_FALSE(stream.has_value());
  EXPECT_EQ(stream.error().code, ErrorCode::bad_request);
  ASSERT_NE(input.release, nullptr);
  input.release(&input);

  const Result<ArrowArrayStream> released = score_arrow_stream(batch_tests::shipped(), input);
  EXPECT_EQ(released.error().message, "the stream was released");
  input = arrow_tests::stream_of({people({1})});
  input.get_schema = [](ArrowArrayStream*, ArrowSchema*) { return EIO; };
  const Result<ArrowArrayStream> without = score_arrow_stream(batch_tests::shipped(), input);
  EXPECT_EQ(without.error().message, "the stream failed to give its schema, with code 5");
  input.get_next = nullptr;
  EXPECT_FALSE(score_arrow_stream(batch_tests::shipped(), input).has_value());
  input.release(&input);
}

TEST_F(ArrowStream, SaysItsSchemaBeforehand) {
  const Engine& engine = batch_tests::shipped();
  ArrowArrayStream stream = scored({people({14})});
  ArrowSchema given, input = arrow_tests::schema_of(people({14}));
  ASSERT_EQ(stream.get_schema(&stream, &given), 0);
  Result<ArrowSchema> said = scoring_schema(engine, &input);
  Result<ArrowSchema> without_id = scoring_schema(engine, nullptr);
  ASSERT_TRUE(said.has_value() && without_id.has_value());
  ASSERT_EQ(said->n_children, given.n_children);
  EXPECT_EQ(without_id->n_children, given.n_children - 1);
  for (std::int64_t c = 0; c < given.n_children; ++c) {
    EXPECT_STREQ(said->children[c]->name, given.children[c]->name);
    EXPECT_STREQ(said->children[c]->format, given.children[c]->format);
  }
  // Metadata: a number of pairs, and lengths before texts.
  std::int32_t pairs = 0, length = 0;
  std::memcpy(&pairs, given.metadata, 4);
  std::memcpy(&length, given.metadata + 4, 4);
  EXPECT_EQ(pairs, 4);
  EXPECT_EQ(std::string(given.metadata + 8, static_cast<std::size_t>(length)), "placement.pack_id");
  for (ArrowSchema* schema : {&given, &input, &*said, &*without_id}) schema->release(schema);
  stream.release(&stream);
}

}  // namespace arrow_stream_test
}  // namespace placement
