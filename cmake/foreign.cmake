# Toolchain of the presets s390x (big-endian) and i386 (32 bits): Debian's cross compilers with the libraries that
# `scripts/setup s390x` or `scripts/setup i386` puts into build/roots, and qemu to run what was built.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${PLACEMENT_MACHINE})
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES PLACEMENT_MACHINE)

set(CMAKE_LIBRARY_ARCHITECTURE ${PLACEMENT_MACHINE}-linux-gnu)
string(REPLACE i386 i686 compiler_prefix ${CMAKE_LIBRARY_ARCHITECTURE})
set(CMAKE_C_COMPILER ${compiler_prefix}-gcc)
set(CMAKE_CXX_COMPILER ${compiler_prefix}-g++)

cmake_path(SET CMAKE_SYSROOT NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../build/roots/${PLACEMENT_MACHINE})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-${PLACEMENT_MACHINE} -L ${CMAKE_SYSROOT})
