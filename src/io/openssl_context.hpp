// The library context of OpenSSL that all of ours is done in.
#pragma once

struct ossl_lib_ctx_st;

namespace placement::io {

/// One of our own, as the default one obeys OPENSSL_CONF and what the host program does to it. Made once and kept as
/// long as the process; nullptr where there is no memory: the next call tries again.
[[nodiscard]] ossl_lib_ctx_st* openssl_context() noexcept;

}  // namespace placement::io
