# libplacement.so: the C functions of include/placement/placement.h and nothing else. It is made of src/capi and of what
# that needs from the static library, whose objects are not compiled a second time; libcrypto goes in with it, hidden
# (docs/decisions/libcrypto-inside.md), so that it needs nothing but the C and C++ run time and libhwy.
file(READ include/placement/placement.h c_header)
foreach(part IN ITEMS major minor)
  string(TOUPPER ${part} name)
  string(REGEX REPLACE ".*PLACEMENT_ABI_${name} = ([0-9]+).*" "\\1" placement_abi_${part} "${c_header}")
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS include/placement/placement.h)

find_library(PLACEMENT_LIBCRYPTO_ARCHIVE libcrypto.a REQUIRED DOC "OpenSSL's libcrypto as an archive")

file(GLOB capi_sources CONFIGURE_DEPENDS src/capi/*.cpp)
add_library(placement_shared SHARED ${capi_sources})
add_library(placement::shared ALIAS placement_shared)
set_target_properties(placement_shared PROPERTIES
  OUTPUT_NAME placement EXPORT_NAME shared DEFINE_SYMBOL ""
  SOVERSION ${placement_abi_major} VERSION ${placement_abi_major}.${placement_abi_minor}
  LINK_DEPENDS "${PROJECT_SOURCE_DIR}/src/capi/placement.map;$<TARGET_FILE:placement>")
target_include_directories(placement_shared
  PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
  PRIVATE ${PROJECT_SOURCE_DIR}/src)
add_dependencies(placement_shared placement)
# By file: linking the target would bring the shared libcrypto along.
target_link_libraries(placement_shared PRIVATE $<TARGET_FILE:placement> ${PLACEMENT_LIBCRYPTO_ARCHIVE}
                                               $<LINK_ONLY:hwy::hwy>)  # Debian has libhwy as a shared library only
target_link_options(placement_shared PRIVATE
  LINKER:--version-script=${PROJECT_SOURCE_DIR}/src/capi/placement.map
  LINKER:--exclude-libs,ALL LINKER:-Bsymbolic-functions LINKER:--as-needed LINKER:--gc-sections
  LINKER:-z,nodelete)  # libcrypto's thread keys call back into it as long as threads end
if(NOT PLACEMENT_SANITIZE)
  target_link_options(placement_shared PRIVATE LINKER:-z,defs)
endif()
# scripts/abi reads the types of the interface from here.
target_compile_options(placement_shared PRIVATE $<$<AND:$<CONFIG:Debug>,$<CXX_COMPILER_ID:GNU>>:-g2>)
placement_house_rules(placement_shared)

# The header without directives and comments, for PHP's FFI::cdef and whatever else reads plain declarations only.
set(placement_flat_header ${PROJECT_BINARY_DIR}/generated/placement-flat.h)
add_custom_command(
  OUTPUT ${placement_flat_header}
  COMMAND ${CMAKE_CXX_COMPILER} -x c -std=c99 -E -P -DPLACEMENT_FLAT -o ${placement_flat_header}
          ${PROJECT_SOURCE_DIR}/include/placement/placement.h
  DEPENDS include/placement/placement.h
  COMMENT "Flattening placement.h"
  VERBATIM)
add_custom_target(placement_flat ALL DEPENDS ${placement_flat_header})
