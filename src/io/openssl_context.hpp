// The library contexts of OpenSSL that all of ours is done in.
#pragma once

#include <atomic>

struct ossl_lib_ctx_st;

namespace placement::io {

/// One of our own, as the default one obeys OPENSSL_CONF and what the host program does to it. Made once, kept in
/// `kept` as long as the process. What OpenSSL could not load for lack of memory stays missing as long as its context
/// does; so one that `works` says no to is not kept. nullptr then: the next call tries again. Safe from any thread.
[[nodiscard]] ossl_lib_ctx_st* openssl_context(std::atomic<ossl_lib_ctx_st*>& kept,
                                               bool (*works)(ossl_lib_ctx_st*)) noexcept;

}  // namespace placement::io
