// Streams and batches as callers hand them in and take them out.
#include <cerrno>
#include <cstring>
#include <new>
#include <string>

#include "batch/arrow_score.hpp"

namespace placement {
namespace {

using batch::ArrowScorer;
using batch::Owned;

// What stands behind private_data of a stream of scored batches.
class ScoredStream {
 public:
  explicit ScoredStream(ArrowScorer scorer) : scorer_(std::move(scorer)) {}

  void take(ArrowArrayStream& people) noexcept {
    people_ = Owned<ArrowArrayStream>(people);
    people.release = nullptr;
  }

  int get_schema(ArrowSchema* out) {
    out->release = nullptr;
    return said([&] { *out = scorer_.schema().give(); });
  }

  // After the end there is nothing more, and after a failure only the failure: what came behind it would stand at a
  // place where nobody expects it.
  int get_next(ArrowArray* out) {
    out->release = nullptr;
    if (is_at_end_) return 0;
    if (failure_ != 0) return failure_;
    const int code = said([&] { failure_ = score_next(*out); });
    if (code != 0) failure_ = code;
    return failure_;
  }

  [[nodiscard]] const char* last_error() const { return error_.empty() ? nullptr : error_.c_str(); }

 private:
  template <class Body>
  int said(const Body& body) noexcept {
    try {
      body();
      return 0;
    } catch (const std::bad_alloc&) {
      error_.assign("no memory");  // short enough to need none
      return ENOMEM;
    } catch (...) {
      error_.assign("fault inside");
      return EIO;
    }
  }

  int score_next(ArrowArray& out) {
    Owned<ArrowArray> batch;
    const int code = people_->get_next(people_.get(), batch.get());
    if (code != 0) {
      static_cast<void>(batch.give());  // of a failed call nothing is owned
      error_ = "the input stream failed with code " + std::to_string(code) +
               "; its own words are kept back, as they may hold values";
      return code;
    }
    if (!batch.has_value()) {
      is_at_end_ = true;
      return 0;
    }
    Result<Owned<ArrowArray>> scored = scorer_.score(*batch);
    if (!scored.has_value()) {
      error_.clear();
      for (const Fault& fault : scored.error().faults) error_ += (error_.empty() ? "" : "; ") + to_string(fault);
      return EINVAL;
    }
    out = scored->give();
    return 0;
  }

  ArrowScorer scorer_;
  Owned<ArrowArrayStream> people_;
  std::string error_;
  int failure_ = 0;
  bool is_at_end_ = false;
};

ScoredStream& stream_of(ArrowArrayStream* stream) { return *static_cast<ScoredStream*>(stream->private_data); }

int get_scored_schema(ArrowArrayStream* stream, ArrowSchema* out) { return stream_of(stream).get_schema(out); }
int get_next_scored(ArrowArrayStream* stream, ArrowArray* out) { return stream_of(stream).get_next(out); }
const char* get_last_scored_error(ArrowArrayStream* stream) { return stream_of(stream).last_error(); }
void release_scored(ArrowArrayStream* stream) {
  delete &stream_of(stream);
  stream->private_data = nullptr;
  stream->release = nullptr;
}

Error bad_input(const char* reason) { return Error::of(ErrorCode::bad_request, {{"", reason}}); }

}  // namespace

Result<ArrowSchema> scoring_schema(const Engine& engine, const ArrowSchema* people, const ScoringOptions& options) {
  std::optional<batch::IdColumn> id;
  if (people != nullptr) {
    const Result<batch::ArrowLayout> layout = batch::read_layout(*people, options.ignores_unknown_columns);
    if (!layout.has_value()) return layout.error();
    if (layout->id) id.emplace(layout->id->type.value);
  }
  return batch::scored_schema(engine.pack(), id ? &*id : nullptr, batch::scored_columns(engine.pack(), options.columns))
      .give();
}

Result<ArrowArrayStream> score_arrow_stream(const Engine& engine, ArrowArrayStream& people,
                                            const ScoringOptions& options) {
  if (people.release == nullptr) return bad_input("the stream was released");
  if (people.get_schema == nullptr || people.get_next == nullptr) return bad_input("the stream lacks its functions");
  Owned<ArrowSchema> schema;
  const int code = people.get_schema(&people, schema.get());
  if (code != 0) {
    static_cast<void>(schema.give());
    return Error::of(ErrorCode::bad_request,
                     {{"", "the stream failed to give its schema, with code " + std::to_string(code)}});
  }
  Result<batch::ArrowLayout> layout = batch::read_layout(*schema, options.ignores_unknown_columns);
  if (!layout.has_value()) return layout.error();

  ArrowScorer scorer(engine, std::move(*layout), options);
  auto owner = std::make_unique<ScoredStream>(std::move(scorer));
  owner->take(people);
  ArrowArrayStream scored{};
  scored.get_schema = get_scored_schema;
  scored.get_next = get_next_scored;
  scored.get_last_error = get_last_scored_error;
  scored.release = release_scored;
  scored.private_data = owner.release();
  return scored;
}

Result<ScoredBatch> score_arrow_batch(const Engine& engine, const ArrowSchema& schema, ArrowArray& people,
                                      const ScoringOptions& options) {
  Result<batch::ArrowLayout> layout = batch::read_layout(schema, options.ignores_unknown_columns);
  if (!layout.has_value()) return layout.error();
  ArrowScorer scorer(engine, std::move(*layout), options);
  Owned<ArrowSchema> scored_schema = scorer.schema();
  Result<Owned<ArrowArray>> scored = scorer.score(people);
  if (!scored.has_value()) return scored.error();
  people.release(&people);
  return ScoredBatch{scored_schema.give(), scored->give()};
}

}  // namespace placement
