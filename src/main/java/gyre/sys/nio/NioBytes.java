package gyre.sys.nio;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.sys.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of any selectable channel, such as an end of a {@link java.nio.channels.Pipe}: in the directions that it has. */
class NioBytes extends NioSource implements ByteStream {
    /** As many buffers as Linux takes in one call, and no more bytes than fit an int and than every system takes. */
    private static final int GATHERED = 1024;

    private static final int GATHERED_BYTES = 1 << 30;

    private final @Nullable ReadableByteChannel input;
    private final @Nullable WritableByteChannel output;
    /** Holds no buffer between two writes. */
    private @Nullable ByteBuffer[] views = new ByteBuffer[0];

    NioBytes(SelectableChannel channel) throws IOException {
        super(channel);
        input = channel instanceof ReadableByteChannel readable ? readable : null;
        output = channel instanceof WritableByteChannel writable ? writable : null;
    }

    @Override
    public int read(Buf into) throws IOException {
        if (into.writable() == 0) {
            throw new IllegalArgumentException("there is no room to read into: " + into);
        }
        if (input == null) {
            throw new NonReadableChannelException();
        }
        int count;
        do {
            count = input.read(into.writeView());
        } while (count < Transfer.END); // a signal: java.nio hands its own -3 on
        if (count > 0) {
            into.advance(count);
            return count;
        }
        return count < 0 ? Transfer.END : Transfer.NOT_READY;
    }

    @Override
    public int write(Buf from) throws IOException {
        if (output == null) {
            throw new NonWritableChannelException();
        }
        if (from.readable() == 0) {
            return 0;
        }
        int count;
        do {
            count = output.write(from.readView());
        } while (count < 0);
        from.skip(count);
        return count == 0 ? Transfer.NOT_READY : count;
    }

    @Override
    public int write(Buf[] from, int offset, int count) throws IOException {
        if (!(output instanceof GatheringByteChannel gathering)) {
            return writeEach(from, offset, count);
        }
        int used = Math.min(count, GATHERED);
        if (views.length < used) {
            views = new ByteBuffer[used];
        }
        long bytes = 0;
        for (int i = 0; i < used; i++) {
            Buf buf = from[offset + i];
            if (i > 0 && bytes + buf.readable() > GATHERED_BYTES) {
                used = i;
                break;
            }
            bytes += buf.readable();
            views[i] = buf.readView();
        }
        if (bytes == 0) {
            Arrays.fill(views, 0, used, null);
            return count > used ? write(from, offset + used, count - used) : 0;
        }
        int taken;
        try {
            do {
                taken = (int) gathering.write(views, 0, used);
            } while (taken < 0);
        } finally {
            Arrays.fill(views, 0, used, null);
        }
        int left = taken;
        for (int i = 0; left > 0; i++) {
            Buf buf = from[offset + i];
            int part = Math.min(left, buf.readable());
            buf.skip(part);
            left -= part;
        }
        return taken == 0 ? Transfer.NOT_READY : taken;
    }

    private int writeEach(Buf[] from, int offset, int count) throws IOException {
        int taken = 0;
        for (int i = offset; i < offset + count; i++) {
            int part = write(from[i]);
            if (part == Transfer.NOT_READY) {
                return taken == 0 ? part : taken;
            }
            taken += part;
            if (from[i].readable() > 0 || taken >= GATHERED_BYTES) {
                break;
            }
        }
        return taken;
    }

    /** A short read ends with whatever was there, and what comes later is told: java.nio reports levels. */
    @Override
    public boolean shortReadDrains() {
        return true;
    }
}
