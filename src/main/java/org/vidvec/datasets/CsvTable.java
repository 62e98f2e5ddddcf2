package org.vidvec.datasets;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Values with commas or tabs between them and a header (RFC 4180), row after row. */
final class CsvTable {

    private final BufferedReader in;
    private final char separator;
    private final List<String> header;
    private int line = 1;
    private int rowLine;

    /**
     * @param separator a comma or a tab
     * @throws IOException if the header can't be read
     */
    CsvTable(Reader in, char separator) throws IOException {
        this.in = new BufferedReader(in);
        this.separator = separator;
        List<String> first = values();
        header = first == null ? List.of() : first.stream().map(CsvTable::name).toList();
    }

    private static String name(String column) {
        return column.replace("\uFEFF", "").strip();
    }

    /** Names of the columns. */
    List<String> header() {
        return header;
    }

    /** One row. */
    record Row(int line, List<String> header, List<String> values) {

        /** The first of some columns that the table has. */
        String get(String... names) {
            for (String name : names) {
                int column = header.indexOf(name);
                if (column >= 0) {
                    return value(name, column);
                }
            }
            throw new IllegalArgumentException(
                    "column [" + names[0] + "] is missing; there are " + header);
        }

        /** The row as an object of texts; empty values are left out. */
        Fields fields() {
            JsonObject json = new JsonObject();
            for (int i = 0; i < Math.min(header.size(), values.size()); i++) {
                if (values.get(i).isBlank() == false) {
                    json.addProperty(header.get(i), values.get(i).strip());
                }
            }
            return new Fields(json);
        }

        private String value(String name, int column) {
            if (column >= values.size() || values.get(column).isBlank()) {
                throw new IllegalArgumentException("column [" + name + "] is empty");
            }
            return values.get(column).strip();
        }
    }

    /** The next row that is not blank; null at the end. */
    Row next() throws IOException {
        List<String> values = values();
        while (values != null && values.size() == 1 && values.get(0).isBlank()) {
            values = values();
        }
        return values == null ? null : new Row(rowLine, header, values);
    }

    private List<String> values() throws IOException {
        rowLine = line;
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            any = true;
            if (c == '\n') {
                line++;
            }
            if (quoted) {
                quoted = c != '"' || isDoubled();
                if (quoted) {
                    value.append((char) c);
                }
            } else if (c == '"' && value.isEmpty()) {
                quoted = true;
            } else if (c == separator) {
                values.add(value.toString());
                value.setLength(0);
            } else if (c == '\n') {
                break;
            } else if (c != '\r') {
                value.append((char) c);
            }
        }
        if (any == false) {
            return null;
        }
        values.add(value.toString());
        return values;
    }

    /** Whether a quotation mark inside of some is followed by another, which it then stands for. */
    private boolean isDoubled() throws IOException {
        in.mark(1);
        if (in.read() == '"') {
            return true;
        }
        in.reset();
        return false;
    }
}
