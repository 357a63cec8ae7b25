package gyre.sys;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import java.io.IOException;

/** A stream that a selector watches: its operations turn the selector until they have an answer. */
record Link(StreamSocket socket, Recorder told, Turns turns) {
    int read(Buf into) throws IOException {
        while (true) {
            int n = socket.read(into);
            if (n != Transfer.NOT_READY) {
                return n;
            }
            turns.await(socket, told, Ready.READ);
        }
    }

    int peek(Buf into) throws IOException {
        while (true) {
            int n = socket.peek(into);
            if (n != Transfer.NOT_READY) {
                return n;
            }
            turns.await(socket, told, Ready.READ);
        }
    }

    /** Reads until so many bytes are readable or the stream ends. */
    Buf readAll(int bytes) throws IOException {
        Buf into = Buf.allocate(bytes + 1);
        while (into.readable() < bytes && read(into) != Transfer.END) {}
        return into;
    }

    void write(Buf from) throws IOException {
        while (from.readable() > 0) {
            if (socket.write(from) == Transfer.NOT_READY) {
                turns.await(socket, told, Ready.WRITE);
            }
        }
    }

    /** Writes until nothing more is taken; answers how much was. */
    long fill() throws IOException {
        Buf zeros = Buf.allocate(1 << 16);
        long taken = 0;
        while (true) {
            int n = socket.write(zeros.clear().advance(zeros.capacity()));
            if (n == Transfer.NOT_READY) {
                return taken;
            }
            taken += n;
        }
    }
}
