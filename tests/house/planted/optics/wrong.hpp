// A planted breach: optics must not know thermal. The test of the dependency test.
#include "thermal/package.hpp"
