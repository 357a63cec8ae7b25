package gyre.report;

import org.jspecify.annotations.Nullable;

/** What a process of the report says when it is asked for something that can't be had: {@code unavailable REASON}. */
public final class Unavailable {
    private static final String WORD = "unavailable ";

    private Unavailable() {}

    /** In one line: the innermost cause says what is missing. */
    public static String line(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return WORD + message.lines().findFirst().orElse(cause.toString());
    }

    /** Null if the line says something else. */
    static @Nullable String reason(String line) {
        return line.startsWith(WORD) ? line.substring(WORD.length()) : null;
    }
}
