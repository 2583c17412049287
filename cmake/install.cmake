# cmake --install build/release --prefix DIR: headers, both libraries, command line tool, packs, CMake package, pkg-config.
# With --component LIB only what programs need at run time, DEV only what compiling against it needs, CLI only the tool
# and the packs: the three Debian packages of cmake/packages.cmake.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/placement)

install(TARGETS placement EXPORT placementStatic ARCHIVE COMPONENT DEV)
install(TARGETS placement_shared EXPORT placementShared LIBRARY COMPONENT LIB NAMELINK_COMPONENT DEV)
if(TARGET placement_cli)
  install(TARGETS placement_cli RUNTIME COMPONENT CLI)
endif()
install(DIRECTORY include/placement DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT DEV
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h" PATTERN "*.def")
install(FILES ${placement_flat_header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/placement COMPONENT DEV)
install(DIRECTORY rules/ DESTINATION ${CMAKE_INSTALL_DATADIR}/placement COMPONENT CLI
        FILES_MATCHING PATTERN "*.json")

# Each component with the notices of what is compiled in, under the names of its Debian package; the pages that headers
# point to beside them.
file(READ LICENSE license)
file(READ THIRD-PARTY.md third_party)
file(WRITE ${PROJECT_BINARY_DIR}/copyright "${license}\n\n${third_party}")
set(doc_dir ${CMAKE_INSTALL_DATADIR}/doc)
install(FILES ${PROJECT_BINARY_DIR}/copyright DESTINATION ${doc_dir}/libplacement${placement_abi_major} COMPONENT LIB)
install(FILES ${PROJECT_BINARY_DIR}/copyright DESTINATION ${doc_dir}/libplacement-dev COMPONENT DEV)
install(FILES ${PROJECT_BINARY_DIR}/copyright DESTINATION ${doc_dir}/placement COMPONENT CLI)
install(DIRECTORY docs DESTINATION ${doc_dir}/libplacement-dev COMPONENT DEV
        FILES_MATCHING PATTERN "*.md")

foreach(kind IN ITEMS Static Shared)
  install(EXPORT placement${kind} NAMESPACE placement:: DESTINATION ${package_dir} FILE placement${kind}.cmake
          COMPONENT DEV)
endforeach()
configure_package_config_file(cmake/placementConfig.cmake.in ${PROJECT_BINARY_DIR}/placementConfig.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may break source.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/placementConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/placementConfig.cmake ${PROJECT_BINARY_DIR}/placementConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT DEV)

# placement.pc is for the C interface, placement-cpp.pc for the C++ library. They find their prefix from their own place, so
# the installed tree can be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
           BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/pkgconfig OUTPUT_VARIABLE prefix_from_pc)
string(REGEX REPLACE "/$" "" prefix_from_pc "${prefix_from_pc}")
foreach(name IN ITEMS placement placement-cpp)
  configure_file(cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT DEV)
endforeach()
