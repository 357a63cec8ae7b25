package gyre.report.page;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers and truth values as JSON. NaN and infinite numbers, which JSON has not, become null. */
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** @throws IllegalArgumentException if there is something else in it */
    public static String text(@Nullable Object value) {
        Json json = new Json();
        json.write(value, 0);
        return json.out.append('\n').toString();
    }

    private void write(@Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number number) {
            out.append(Double.isFinite(number.doubleValue()) ? number.toString() : "null");
        } else if (value instanceof String string) {
            quote(string);
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else {
            throw new IllegalArgumentException("there is no JSON for " + value.getClass());
        }
    }

    /** The outer levels have a line for each entry, the inner ones are short. */
    private void map(Map<?, ?> map, int depth) {
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            out.append(depth == 0 ? "\n" : "");
            quote(String.valueOf(entry.getKey()));
            out.append(": ");
            write(entry.getValue(), depth + 1);
            out.append(entries.hasNext() ? "," : "").append(entries.hasNext() && depth > 0 ? " " : "");
        }
        out.append(depth == 0 ? "\n}" : "}");
    }

    private void list(List<?> list, int depth) {
        out.append('[');
        for (Iterator<?> values = list.iterator(); values.hasNext(); ) {
            out.append(depth <= 1 ? "\n  " : "");
            write(values.next(), depth + 1);
            out.append(values.hasNext() ? "," : "").append(values.hasNext() && depth > 1 ? " " : "");
        }
        out.append(']');
    }

    private void quote(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
