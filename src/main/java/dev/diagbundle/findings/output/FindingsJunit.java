package dev.diagbundle.findings.output;

import module java.base;

import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.model.Printable;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Findings for build servers, in the XML of JUnit: each critical finding and each warning is a
/// failed test case, with the name of its check and from the second on a number, because many
/// readers accept only one failure of a case. A check without any is a passed case, or a skipped
/// one if it could not run.
public final class FindingsJunit implements FindingsOutput {
  @Override
  public void write(Analysis analysis, String name, OutputStream out) throws IOException {
    try {
      var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      write(analysis, name, xml);
      xml.flush();
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException cause ? cause : new IOException(e);
    }
    out.flush();
  }

  private static void write(Analysis analysis, String name, XMLStreamWriter xml)
      throws XMLStreamException {
    var all = analysis.all();
    var failures = analysis.results().stream().map(result -> failures(all, result)).toList();
    int failed = failures.stream().mapToInt(List::size).sum();
    long others = failures.stream().filter(List::isEmpty).count();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuites");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", Printable.line("diagbundle analyze " + name));
    xml.writeAttribute("tests", Long.toString(failed + others));
    xml.writeAttribute("failures", Integer.toString(failed));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute(
        "skipped", Integer.toString(analysis.unknown().size() + analysis.ignored().size()));
    for (int i = 0; i < failures.size(); i++) {
      write(analysis.results().get(i), failures.get(i), xml);
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static void write(Analysis.Result result, List<Finding> failures, XMLStreamWriter xml)
      throws XMLStreamException {
    if (failures.isEmpty()) {
      begin(result, "", xml);
      writeSkipped(result, xml);
      xml.writeEndElement();
    }
    for (int i = 0; i < failures.size(); i++) {
      begin(result, i == 0 ? "" : " (" + (i + 1) + ")", xml);
      writeFailure(failures.get(i), xml);
      xml.writeEndElement();
    }
  }

  private static void begin(Analysis.Result result, String number, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", result.check().id() + number);
    var cluster = result.cluster().isEmpty() ? "" : "." + result.cluster();
    xml.writeAttribute("classname", Printable.line(result.check().layer().label() + cluster));
  }

  private static void writeFailure(Finding finding, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("failure");
    xml.writeAttribute("type", finding.severity().label());
    xml.writeAttribute("message", Printable.line(finding.title()));
    xml.writeCharacters(body(finding));
    xml.writeEndElement();
  }

  private static void writeSkipped(Analysis.Result result, XMLStreamWriter xml)
      throws XMLStreamException {
    if (result.verdict() instanceof Verdict.Unknown(List<String> missing)) {
      xml.writeStartElement("skipped");
      xml.writeAttribute("message", Printable.line(String.join("; ", missing)));
      xml.writeEndElement();
    }
    if (result.verdict() instanceof Verdict.Ignored) {
      xml.writeStartElement("skipped");
      xml.writeAttribute("message", "ignored");
      xml.writeEndElement();
    }
  }

  private static List<Finding> failures(List<Finding> all, Analysis.Result result) {
    return all.stream()
        .filter(finding -> finding.id().equals(result.check().id()))
        .filter(finding -> finding.cluster().equals(result.cluster()))
        .filter(finding -> finding.severity() != Severity.INFO)
        .toList();
  }

  private static String body(Finding finding) {
    var lines = new ArrayList<String>();
    for (Evidence evidence : finding.evidence()) {
      lines.add(Printable.line(evidence.toString()));
      evidence.lines().forEach(line -> lines.add("  " + Printable.line(line)));
    }
    lines.add(Printable.line(finding.meaning()));
    lines.add(Printable.line(finding.remedy()));
    lines.add(finding.check().docs());
    lines.removeIf(String::isEmpty);
    return String.join("\n", lines);
  }
}
