# Writes OUTPUT from version.cpp.in with the commit of the tree at ROOT; run at every build, touches nothing unchanged.
execute_process(COMMAND git -C ${ROOT} describe --always --dirty --abbrev=12 --exclude=*
  OUTPUT_VARIABLE GIT_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT GIT_COMMIT)
  set(GIT_COMMIT unknown)
endif()
configure_file(${ROOT}/study/version.cpp.in ${OUTPUT} @ONLY)
