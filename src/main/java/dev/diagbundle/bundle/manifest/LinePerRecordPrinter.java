package dev.diagbundle.bundle.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/// A JSON layout that suits `grep` and `diff`: a line for each top-level field and a line for each
/// record in a list there. For one generator.
final class LinePerRecordPrinter implements PrettyPrinter {
  static final int RECORD_DEPTH = 2;

  private int depth;

  /// @param depth nesting depth in the document at which the generator starts
  LinePerRecordPrinter(int depth) {
    this.depth = depth;
  }

  @Override
  public void writeRootValueSeparator(JsonGenerator json) throws IOException {
    json.writeRaw('\n');
  }

  @Override
  public void writeStartObject(JsonGenerator json) throws IOException {
    json.writeRaw('{');
    depth++;
  }

  @Override
  public void beforeObjectEntries(JsonGenerator json) throws IOException {
    breakLine(json, 1);
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
    json.writeRaw(": ");
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
    json.writeRaw(',');
    breakLineOrBlank(json, 1);
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entries) throws IOException {
    depth--;
    breakLine(json, 0);
    json.writeRaw('}');
  }

  @Override
  public void writeStartArray(JsonGenerator json) throws IOException {
    json.writeRaw('[');
    depth++;
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) throws IOException {
    breakLine(json, 2);
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
    json.writeRaw(',');
    breakLineOrBlank(json, 2);
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) throws IOException {
    depth--;
    if (values > 0) {
      breakLine(json, 1);
    }
    json.writeRaw(']');
  }

  private void breakLine(JsonGenerator json, int atDepth) throws IOException {
    if (depth == atDepth) {
      json.writeRaw("\n" + "  ".repeat(atDepth));
    }
  }

  private void breakLineOrBlank(JsonGenerator json, int atDepth) throws IOException {
    if (depth == atDepth) {
      breakLine(json, atDepth);
      return;
    }
    json.writeRaw(' ');
  }
}
