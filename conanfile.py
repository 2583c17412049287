"""Conan 2 recipe: the C++ library, the C interface and the command line tool from this source tree."""

import re
from pathlib import Path

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout


class Placement(ConanFile):
    name = "placement"
    description = "Decision support for level-of-care placement in opioid use disorder"
    license = "Apache-2.0"
    settings = "os", "arch", "compiler", "build_type"
    exports_sources = ("CMakeLists.txt", "LICENSE", "THIRD-PARTY.md", "bench/*", "cmake/*", "docs/*", "include/*", "rules/*", "src/*", "tests/*")
    default_options = {"boost/*:header_only": True}

    def set_version(self):
        header = Path(self.recipe_folder, "include/placement/version.hpp").read_text(encoding="utf-8")
        self.version = re.search(r'kVersion = "([0-9.]+)"', header).group(1)

    def requirements(self):
        self.requires("boost/[>=1.74 <2]")
        self.requires("nlohmann_json/[>=3.11 <4]")
        self.requires("openssl/[>=3 <4]")
        self.requires("highway/[>=1.0 <2]", transitive_libs=True)
        self.requires("simdjson/[>=3.0 <4]")
        self.requires("onetbb/[>=2021.8 <2022]")
        self.requires("cli11/[>=2.1 <3]")
        self.requires("spdlog/[>=1.10 <2]")

    def validate(self):
        if self.settings.os != "Linux":
            raise ConanInvalidConfiguration("only Linux has been tried")

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["PLACEMENT_TESTS"] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    def package_info(self):
        self.cpp_info.set_property("cmake_find_mode", "none")  # its own CMake package is installed
        self.cpp_info.builddirs = ["lib/cmake/placement"]
