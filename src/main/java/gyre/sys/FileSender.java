package gyre.sys;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Moves bytes from a file into one socket inside the system, so that they never enter this process's memory. It holds
 * what the backend needs for that, until it is closed; the socket is borrowed.
 *
 * <p>A sender sends one piece of one file, from its beginning to its end: it may have read ahead of what it answered.
 */
public interface FileSender extends Closeable {
    /**
     * Sends what the socket takes now. What the page cache hasn't got is read from the disk meanwhile.
     *
     * @param position where in the file; the first time anywhere, then behind what was sent
     * @param most at least 1
     * @return a count of at least 1, {@code END} if the file has nothing there, or {@code NOT_READY}: the socket is full
     * @throws IOException of the file or of the socket
     */
    int send(FileChannel file, long position, int most) throws IOException;
}
