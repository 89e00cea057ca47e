/// YAML with positions: [YamlReader] reads a document into a tree of [YamlNode] and refuses hostile
/// nesting and aliases; [ProblemList] gathers what is wrong, with file, line and column; [YamlText]
/// writes JSON as YAML. This package owns SnakeYAML. It knows nothing of profiles.
@NullMarked
package dev.diagbundle.profile.yaml;

import org.jspecify.annotations.NullMarked;
