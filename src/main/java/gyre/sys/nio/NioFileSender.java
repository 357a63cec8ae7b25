package gyre.sys.nio;

import gyre.buffer.Transfer;
import gyre.sys.FileSender;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** The JDK sends a file by the system's own call where the target is a socket of its own. */
record NioFileSender(SocketChannel socket) implements FileSender {
    @Override
    public int send(FileChannel file, long position, int most) throws IOException {
        int count = (int) file.transferTo(position, most, socket);
        return count > 0 ? count : position >= file.size() ? Transfer.END : Transfer.NOT_READY;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
