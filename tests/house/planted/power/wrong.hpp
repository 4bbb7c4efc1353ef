// A planted breach: no discipline knows YAML.
#include <yaml-cpp/yaml.h>
