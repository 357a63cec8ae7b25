package gyre.buffer;

/** What an operation that fills or drains a {@link Buf} answers when the answer is not a count of bytes. */
public final class Transfer {
    /** The peer has ended its output: no more bytes will come. */
    public static final int END = -1;

    /** Nothing could be done now. Of the possible answers only this one keeps the task. */
    public static final int NOT_READY = -2;

    private Transfer() {}
}
