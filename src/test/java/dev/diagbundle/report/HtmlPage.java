package dev.diagbundle.report;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The text of a page, as tests look into it.
public record HtmlPage(String html) {
  private static final Pattern TAG = Pattern.compile("<[a-z!/][^<>]*>", Pattern.CASE_INSENSITIVE);

  /// Everything but the content of the style and the script.
  String markup() {
    return html.replaceAll("(?s)<style>.*?</style>", "").replaceAll("(?s)<script>.*?</script>", "");
  }

  /// What a reader sees, roughly.
  public String text() {
    return TAG.matcher(markup())
        .replaceAll("")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  public List<String> links() {
    return all("href=\"([^\"]*)\"");
  }

  public List<String> ids() {
    return all(" id=\"([^\"]*)\"");
  }

  /// Every name of an attribute that occurs.
  public Set<String> attributes() {
    var names = new TreeSet<String>();
    TAG.matcher(markup())
        .results()
        .map(MatchResult::group)
        .map(tag -> tag.replaceAll("\"[^\"]*\"", "\"\""))
        .forEach(tag ->
            Pattern.compile("\\s([^\\s=/>\"]+)")
                .matcher(tag)
                .results()
                .forEach(name -> names.add(name.group(1))));
    return names;
  }

  /// The first group of every match.
  List<String> all(String regex) {
    return Pattern.compile(regex, Pattern.DOTALL)
        .matcher(markup())
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
