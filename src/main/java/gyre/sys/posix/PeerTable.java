package gyre.sys.posix;

import static gyre.natives.Layout.SOCKADDR_IN6_SIZE;

import gyre.sys.Addresses;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a datagram socket has met, decoded and encoded, so that a server with many peers makes neither anew for
 * each datagram. Bounded: who sends from ever new addresses only empties it again and again. For addresses of the internet,
 * and the short ones among Unix sockets' names.
 *
 * <p>One table is searched by bytes only, or by objects only.
 */
final class PeerTable {
    private static final int MOST = 4096;
    private static final int FIRST = 16;
    private static final int ENTRY = SOCKADDR_IN6_SIZE;
    private static final int SPREAD = 0x9E3779B9;

    private ByteBuffer names = room(FIRST);
    private byte[] lengths = new byte[FIRST];
    private int[] hashes = new int[FIRST];
    private @Nullable SocketAddress[] addresses = new SocketAddress[FIRST];
    private int size;

    private static ByteBuffer room(int entries) {
        return ByteBuffer.allocate(entries * ENTRY).order(ByteOrder.nativeOrder());
    }

    static boolean takes(int length) {
        return length <= ENTRY;
    }

    /** The address whose bytes are there, or null. */
    @Nullable SocketAddress decoded(ByteBuffer memory, int at, int length) {
        int hash = hash(memory, at, length);
        for (int i = first(hash); ; i = next(i)) {
            SocketAddress known = addresses[i];
            if (known == null || hashes[i] == hash && lengths[i] == length && same(i, memory, at, length)) {
                return known;
            }
        }
    }

    /** Puts the address's bytes there; their length, or 0 if it is not known. */
    int encoded(SocketAddress address, ByteBuffer memory, int at) {
        int hash = address.hashCode();
        for (int i = first(hash); ; i = next(i)) {
            SocketAddress known = addresses[i];
            if (known == null) {
                return 0;
            }
            if (hashes[i] == hash && same(known, address)) {
                memory.put(at, names, i * ENTRY, lengths[i]);
                return lengths[i];
            }
        }
    }

    void addDecoded(ByteBuffer memory, int at, int length, SocketAddress address) {
        add(hash(memory, at, length), memory, at, length, address);
    }

    void addEncoded(ByteBuffer memory, int at, int length, SocketAddress address) {
        add(address.hashCode(), memory, at, length, address);
    }

    private void add(int hash, ByteBuffer memory, int at, int length, SocketAddress address) {
        if (2 * size >= addresses.length) {
            grow();
        }
        insert(hash, memory, at, length, address);
    }

    private void insert(int hash, ByteBuffer memory, int at, int length, SocketAddress address) {
        int i = first(hash);
        while (addresses[i] != null) {
            i = next(i);
        }
        names.put(i * ENTRY, memory, at, length);
        lengths[i] = (byte) length;
        hashes[i] = hash;
        addresses[i] = address;
        size++;
    }

    /** Or empties itself: cheaper than to find out who is not heard of any more. */
    private void grow() {
        ByteBuffer oldNames = names;
        byte[] oldLengths = lengths;
        int[] oldHashes = hashes;
        @Nullable SocketAddress[] old = addresses;
        boolean full = 2 * old.length > MOST;
        int capacity = full ? old.length : 2 * old.length;
        names = room(capacity);
        lengths = new byte[capacity];
        hashes = new int[capacity];
        addresses = new SocketAddress[capacity];
        size = 0;
        for (int i = 0; !full && i < old.length; i++) {
            SocketAddress address = old[i];
            if (address != null) {
                insert(oldHashes[i], oldNames, i * ENTRY, oldLengths[i], address);
            }
        }
    }

    private int first(int hash) {
        return hash * SPREAD >>> Integer.numberOfLeadingZeros(addresses.length - 1);
    }

    private int next(int i) {
        return i + 1 & addresses.length - 1;
    }

    private boolean same(int i, ByteBuffer memory, int at, int length) {
        for (int j = 0; j < length; j += Integer.BYTES) {
            if (word(names, i * ENTRY + j, length - j) != word(memory, at + j, length - j)) {
                return false;
            }
        }
        return true;
    }

    /** Whether both have the same bytes: unlike {@link Addresses#same} none stands for several. */
    private static boolean same(SocketAddress one, SocketAddress other) {
        return one == other || one.equals(other) && Addresses.scope(one) == Addresses.scope(other);
    }

    private static int hash(ByteBuffer memory, int at, int length) {
        int hash = length;
        for (int j = 0; j < length; j += Integer.BYTES) {
            hash = 31 * hash + word(memory, at + j, length - j);
        }
        return hash;
    }

    /** Four bytes, or as many as are left: what lies behind a name is no part of it. */
    private static int word(ByteBuffer memory, int at, int left) {
        if (left >= Integer.BYTES) {
            return memory.getInt(at);
        }
        int word = 0;
        for (int i = 0; i < left; i++) {
            word = word << Byte.SIZE | memory.get(at + i) & 0xFF;
        }
        return word;
    }
}
