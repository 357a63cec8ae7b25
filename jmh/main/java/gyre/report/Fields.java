package gyre.report;

import java.util.HashMap;
import java.util.Map;

/** The processes of the report tell each other figures in lines such as {@code mark cpu=12 allocated=0}. */
public final class Fields {
    private final String line;
    private final Map<String, String> values = new HashMap<>();

    public Fields(String line) {
        this.line = line;
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
    }

    /** @throws IllegalArgumentException if the line has no such field */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + name + " in \"" + line + "\"");
        }
        return value;
    }

    /** @throws IllegalArgumentException if there is no such field, or no number in it */
    public long number(String name) {
        return Long.parseLong(text(name));
    }
}
