# cmake --install build/release --prefix DIR: headers, library, command line tool, packs, CMake package, pkg-config.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/placement)

install(TARGETS placement EXPORT placement)
if(TARGET placement_cli)
  install(TARGETS placement_cli)
endif()
install(DIRECTORY include/placement DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def")
install(DIRECTORY rules/ DESTINATION ${CMAKE_INSTALL_DATADIR}/placement FILES_MATCHING PATTERN "*.json")

install(EXPORT placement NAMESPACE placement:: DESTINATION ${package_dir} FILE placementTargets.cmake)
configure_package_config_file(cmake/placementConfig.cmake.in ${PROJECT_BINARY_DIR}/placementConfig.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may break source.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/placementConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/placementConfig.cmake ${PROJECT_BINARY_DIR}/placementConfigVersion.cmake
        DESTINATION ${package_dir})

# The .pc file finds its prefix from its own place, so the installed tree can be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
           BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/pkgconfig OUTPUT_VARIABLE prefix_from_pc)
string(REGEX REPLACE "/$" "" prefix_from_pc "${prefix_from_pc}")
configure_file(cmake/placement.pc.in ${PROJECT_BINARY_DIR}/placement.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/placement.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
