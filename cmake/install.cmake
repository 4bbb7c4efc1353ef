# What `cmake --install` puts where, in two components: the program with its library of materials and its documents, and
# the libraries of the disciplines for other programs. Nothing installed holds an absolute path that it needs.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The program.
install(TARGETS beachfront RUNTIME COMPONENT program)
foreach(folder library reference golden sweeps)
  install(DIRECTORY designs/${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/beachfront COMPONENT program)
endforeach()
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES LICENSE RENAME copyright DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)

# The program prints its own manual page and completions.
set(beachfront_printed ${CMAKE_CURRENT_BINARY_DIR}/printed)
function(beachfront_print file folder)
  add_custom_command(OUTPUT ${beachfront_printed}/${folder}/${file} DEPENDS beachfront VERBATIM
    COMMAND ${CMAKE_COMMAND} -E make_directory ${beachfront_printed}/${folder}
    COMMAND beachfront ${ARGN} > ${beachfront_printed}/${folder}/${file})
  install(FILES ${beachfront_printed}/${folder}/${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} COMPONENT program)
  set_property(GLOBAL APPEND PROPERTY BEACHFRONT_PRINTED ${beachfront_printed}/${folder}/${file})
endfunction()
beachfront_print(beachfront.1 man/man1 manual)
beachfront_print(beachfront bash-completion/completions completion bash)
beachfront_print(_beachfront zsh/vendor-completions completion zsh)
beachfront_print(beachfront.fish fish/vendor_completions.d completion fish)
get_property(printed GLOBAL PROPERTY BEACHFRONT_PRINTED)
add_custom_target(beachfront_printed ALL DEPENDS ${printed})

# The libraries: #include "optics/waveguide.hpp", link beachfront::optics.
set(folders geometry optics thermal power study)
foreach(folder ${folders})
  set_target_properties(beachfront_${folder} PROPERTIES EXPORT_NAME ${folder})
  install(TARGETS beachfront_${folder} EXPORT beachfront ARCHIVE COMPONENT development)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/beachfront COMPONENT development
    FILES_MATCHING PATTERN "*.hpp")
endforeach()
set_target_properties(beachfront_flags PROPERTIES EXPORT_NAME flags)
install(TARGETS beachfront_flags EXPORT beachfront COMPONENT development)
set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/beachfront)
install(EXPORT beachfront NAMESPACE beachfront:: FILE beachfront-targets.cmake DESTINATION ${config_folder}
  COMPONENT development)
configure_package_config_file(cmake/beachfront-config.cmake.in beachfront-config.cmake
  INSTALL_DESTINATION ${config_folder})
write_basic_package_version_file(beachfront-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/beachfront-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/beachfront-config-version.cmake
  DESTINATION ${config_folder} COMPONENT development)
