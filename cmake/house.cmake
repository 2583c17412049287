# placement_needs_no_speed(target): for tests it is compiled without optimisation, which takes half as long. For what waits
# for the library anyway. Not for a program whose speed counts: templates it shares with the library would be slow in both.
function(placement_needs_no_speed target)
  if(PLACEMENT_TESTS AND NOT PLACEMENT_FUZZ)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

# placement_house_rules(target): what every target of ours is compiled with. Whether a warning ends the build is
# CMAKE_COMPILE_WARNING_AS_ERROR, which every preset switches on.
function(placement_house_rules target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wcast-align -Wcast-qual
    -Wdouble-promotion -Wextra-semi -Wformat=2 -Wimplicit-fallthrough -Wnon-virtual-dtor -Woverloaded-virtual -Wundef
    -Wunused)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wduplicated-cond -Wlogical-op -Wredundant-decls
      $<$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>:-Wno-subobject-linkage>)  # takes files compiled as one for headers
    if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      # g++ 12 sees overlaps and writes out of bounds where strings are added (PR105651, PR105329).
      target_compile_options(${target} PRIVATE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow)
    endif()
  else()
    target_compile_options(${target} PRIVATE -Wnewline-eof -Wunreachable-code -Wshadow-uncaptured-local)
  endif()
  # The same digits on every machine: no product and sum rounded as one, no x87 registers with more digits than a double.
  target_compile_options(${target} PRIVATE -ffp-contract=off)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|i[3-6]86|x86)$" AND CMAKE_SIZEOF_VOID_P EQUAL 4)
    target_compile_options(${target} PRIVATE -msse2 -mfpmath=sse)
  endif()
  # Overflows of the stack and of copies end the program, calls land where calls may, and what the loader has bound is
  # read-only. `scripts/hardened` looks for all of it in the files that were built.
  if(NOT PLACEMENT_SANITIZE)
    target_compile_options(${target} PRIVATE -fstack-protector-strong -fstack-clash-protection
      $<$<CONFIG:Release>:-U_FORTIFY_SOURCE> $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
      target_compile_options(${target} PRIVATE -fcf-protection=full)
    endif()
    target_link_options(${target} PRIVATE LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
  endif()
  if(PLACEMENT_SANITIZE)
    target_compile_options(${target} PRIVATE
      -fsanitize=${PLACEMENT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${PLACEMENT_SANITIZE})
  endif()
  if(PLACEMENT_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()
