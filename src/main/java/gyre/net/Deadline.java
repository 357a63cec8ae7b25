package gyre.net;

/** Which of its {@link Deadlines} a connection has missed. */
public enum Deadline {
    /** Not one byte has come since it was opened. */
    FIRST_BYTE("nothing has come"),
    /** No byte has gone either way. */
    IDLE("nothing has come or gone"),
    /** Somebody reads, and nothing comes. */
    READ("nothing has come for the reader"),
    /** Somebody writes, and the peer takes nothing. */
    WRITE("nothing has gone for the writer"),
    /** It has been open for so long, whatever has come and gone. */
    TOTAL("it has been open");

    private final String text;

    Deadline(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
