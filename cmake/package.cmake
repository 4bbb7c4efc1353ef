# `cpack -G DEB` in the build folder: beachfront, the program, and libbeachfront-dev, the libraries.
set(CPACK_PACKAGE_NAME beachfront)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The beachfront authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "co-design solver for co-packaged optics on glass")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "Lays out engines and ion-exchanged waveguides around a switch, solves heat, \
warpage and stress, closes the link budget and compares power and cost with pluggable optics.")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME beachfront)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "The disciplines of beachfront as C++ libraries, with headers and CMake's \
find_package.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libbeachfront-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libcgal-dev, libboost-dev, libeigen3-dev, libfmt-dev, \
nlohmann-json3-dev, libyaml-cpp-dev, libsqlite3-dev, libsuitesparse-dev, libblas-dev")
include(CPack)
