package gyre.net;

/** How many bytes each read and each write has room for. */
public enum Chunks {
    SMALL_CHUNKS(32),
    BIG_CHUNKS(1_024);

    final int bytes;

    Chunks(int bytes) {
        this.bytes = bytes;
    }
}
