// For the shared library alone, which carries an OpenSSL of its own (docs/decisions/libcrypto-inside.md).
#pragma once

namespace placement::io {

/// To be called before the first digest; later calls do nothing. That OpenSSL then reads no OPENSSL_CONF and leaves no
/// handler for the end of the process. Where OpenSSL is the host's, that is not ours to decide.
void initialise_own_openssl() noexcept;

}  // namespace placement::io
