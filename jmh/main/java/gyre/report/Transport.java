package gyre.report;

import java.util.Locale;

/** What carries the bytes of a cell. */
public enum Transport {
    TCP,
    UDP,
    UNIX;

    /** As it stands in the names of cells: {@code tcp}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it stands in sentences. */
    public String title() {
        return this == UNIX ? "Unix socket" : name();
    }
}
