package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.ItemSpec;
import java.util.regex.Pattern;

/// The filter of the files below a log folder that an item requests.
final class NodeFileFilter {
  /// The folder of systemd's binary journals, and the names of such files anywhere. They contain
  /// every line of the node and cannot be redacted, so a wildcard alone does not include them.
  static final LogPath JOURNAL = LogPath.of("journal").asFolder();

  private static final Pattern JOURNAL_FILE = Pattern.compile(".*\\.journal~?", Pattern.DOTALL);
  private static final Pattern WILD = Pattern.compile("[*?\\[{].*", Pattern.DOTALL);

  private final List<Glob> include;
  private final List<Predicate<String>> included;
  private final List<Predicate<String>> excluded;
  private final List<Predicate<String>> swallowed;
  private final List<Predicate<String>> journals;

  NodeFileFilter(ItemSpec.NodeFiles spec) {
    include = spec.include();
    included = matchers(spec.include(), _ -> true);
    excluded = matchers(spec.exclude(), _ -> true);
    swallowed = matchers(spec.exclude(), glob -> glob.pattern().endsWith("/**"));
    journals = matchers(spec.include(), NodeFileFilter::namesJournals);
  }

  boolean wants(LogPath file) {
    var text = file.text();
    return matches(included, text) && !matches(excluded, text);
  }

  /// Returns whether a requested file may be in that folder.
  boolean mayHold(LogPath folder) {
    var text = folder.asFolder().text();
    var bare = text.substring(0, text.length() - 1);
    return include.stream().anyMatch(glob -> glob.couldMatchBelow(bare))
        && !matches(swallowed, text);
  }

  /// Returns whether the file is a binary journal, or the folder is the journals' folder.
  static boolean isJournal(LogPath path) {
    return path.equals(JOURNAL)
        || (!path.isFolder() && JOURNAL_FILE.matcher(path.name()).matches());
  }

  /// Returns whether an include requests journals explicitly.
  boolean wantsJournal(LogPath path) {
    return path.isFolder() ? !journals.isEmpty() : matches(journals, path.text());
  }

  private static boolean namesJournals(Glob glob) {
    return WILD.matcher(glob.pattern()).replaceFirst("").startsWith("journal/");
  }

  private static List<Predicate<String>> matchers(List<Glob> globs, Predicate<Glob> which) {
    return globs.stream().filter(which).map(Glob::matcher).toList();
  }

  private static boolean matches(List<Predicate<String>> matchers, String path) {
    return matchers.stream().anyMatch(matcher -> matcher.test(path));
  }
}
