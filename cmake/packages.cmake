# cpack --config build/release/CPackConfig.cmake: three Debian packages out of the components of cmake/install.cmake.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_CONTACT "the authors of placement")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL LIB DEV CLI)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# So that packages of others, linked with the library, can say which they need.
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

set(CPACK_DEBIAN_LIB_PACKAGE_NAME libplacement${placement_abi_major})
set(CPACK_DEBIAN_LIB_PACKAGE_SECTION libs)
set(CPACK_COMPONENT_LIB_DESCRIPTION "The shared library with the C interface.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libplacement-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libplacement${placement_abi_major} (= ${PROJECT_VERSION}), libhwy-dev, libssl-dev")
set(CPACK_COMPONENT_DEV_DESCRIPTION "Headers, the static C++ library, and what finds them (CMake, pkg-config).")

set(CPACK_DEBIAN_CLI_PACKAGE_NAME placement)
set(CPACK_DEBIAN_CLI_PACKAGE_SECTION science)
set(CPACK_COMPONENT_CLI_DESCRIPTION "The command line tool and the rule packs.")

include(CPack)
