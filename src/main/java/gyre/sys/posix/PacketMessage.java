package gyre.sys.posix;

import static gyre.natives.Layout.CMSGHDR_DATA;
import static gyre.natives.Layout.CMSGHDR_LEN;
import static gyre.natives.Layout.CMSGHDR_LEVEL;
import static gyre.natives.Layout.CMSGHDR_TYPE;
import static gyre.natives.Layout.IOVEC_BASE;
import static gyre.natives.Layout.IOVEC_LEN;
import static gyre.natives.Layout.IOVEC_SIZE;
import static gyre.natives.Layout.IPPROTO_UDP;
import static gyre.natives.Layout.MSGHDR_CONTROL;
import static gyre.natives.Layout.MSGHDR_CONTROLLEN;
import static gyre.natives.Layout.MSGHDR_FLAGS;
import static gyre.natives.Layout.MSGHDR_IOV;
import static gyre.natives.Layout.MSGHDR_IOVLEN;
import static gyre.natives.Layout.MSGHDR_NAME;
import static gyre.natives.Layout.MSGHDR_NAMELEN;
import static gyre.natives.Layout.MSGHDR_SIZE;
import static gyre.natives.Layout.MSG_TRUNC;
import static gyre.natives.Layout.SOCKADDR_STORAGE_SIZE;
import static gyre.natives.Layout.UDP_GRO;
import static gyre.natives.Layout.UDP_SEGMENT;

import gyre.natives.Memory;
import gyre.sys.Descriptor;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code msghdr} for one piece of memory and one address, kept from call to call. The address of a received datagram is
 * decoded when it is asked for, and only if it is not one that was decoded before.
 */
final class PacketMessage {
    private static final int PIECE = MSGHDR_SIZE;
    private static final int NAME = PIECE + IOVEC_SIZE;
    private static final int KNOWN = NAME + SOCKADDR_STORAGE_SIZE;
    private static final int CONTROL = KNOWN + SOCKADDR_STORAGE_SIZE;
    /** Also for what an adopted socket may ask for besides. */
    private static final int CONTROL_SIZE = 128;

    private static final int SIZE = CONTROL + CONTROL_SIZE;

    private final ByteBuffer memory = Memory.buffer(SIZE);
    private final long start = Memory.address(memory);
    private int nameLength; // of the datagram received last
    private boolean truncated;
    private boolean merges;
    private int segment; // of the datagrams received last
    private @Nullable SocketAddress known; // what is at KNOWN, decoded
    private int knownLength;
    private @Nullable PeerTable peers; // of those who sent only if there were several

    PacketMessage() {
        memory.putLong(MSGHDR_IOV, start + PIECE);
        Size.put(memory, MSGHDR_IOVLEN, 1);
    }

    /** Prepares to receive into this piece of memory. */
    long room(long address, int bytes) {
        memory.putLong(MSGHDR_NAME, start + NAME);
        memory.putInt(MSGHDR_NAMELEN, SOCKADDR_STORAGE_SIZE);
        if (merges) {
            control(CONTROL_SIZE);
        }
        return piece(address, bytes);
    }

    /** Prepares to send this piece of memory, to the address that was last set. */
    long piece(long address, int bytes) {
        memory.putLong(PIECE + IOVEC_BASE, address);
        memory.putLong(PIECE + IOVEC_LEN, bytes);
        return start;
    }

    /** A datagram was received; if a call fails, what is known about the last one stays. */
    void received() {
        nameLength = memory.getInt(MSGHDR_NAMELEN);
        truncated = (memory.getInt(MSGHDR_FLAGS) & MSG_TRUNC) != 0;
        segment = merges ? told() : 0;
    }

    /** Whether datagrams may come merged, and be told so. */
    void merges(boolean may) {
        merges = may;
        if (!may) {
            plain();
        }
    }

    int segment() {
        return segment;
    }

    private int told() {
        int end = CONTROL + Size.get(memory, MSGHDR_CONTROLLEN);
        for (int at = CONTROL; at + CMSGHDR_DATA <= end; at += Passing.aligned(Passing.length(memory, at, end))) {
            if (memory.getInt(at + CMSGHDR_LEVEL) == IPPROTO_UDP && memory.getInt(at + CMSGHDR_TYPE) == UDP_GRO) {
                return memory.getInt(at + CMSGHDR_DATA);
            }
        }
        return 0;
    }

    /** Has the system cut what is sent into datagrams of this length, until {@link #plain}. */
    void cut(int length) {
        Size.put(memory, CONTROL + CMSGHDR_LEN, CMSGHDR_DATA + Short.BYTES);
        memory.putInt(CONTROL + CMSGHDR_LEVEL, IPPROTO_UDP);
        memory.putInt(CONTROL + CMSGHDR_TYPE, UDP_SEGMENT);
        memory.putShort(CONTROL + CMSGHDR_DATA, (short) length);
        control(Passing.aligned(CMSGHDR_DATA + Short.BYTES));
    }

    private void control(int bytes) {
        memory.putLong(MSGHDR_CONTROL, start + CONTROL);
        Size.put(memory, MSGHDR_CONTROLLEN, bytes);
    }

    boolean truncated() {
        return truncated;
    }

    /** Who sent the datagram; null if there was none yet, or it has no name. */
    @Nullable SocketAddress sender() {
        if (nameLength <= Short.BYTES) {
            return null;
        }
        if (nameLength != knownLength || !sameName()) {
            known = known == null || !PeerTable.takes(nameLength) ? decode() : another();
            memory.put(KNOWN, memory, NAME, nameLength);
            knownLength = nameLength;
        }
        return known;
    }

    /** A second peer, or one more: from now on they are kept. */
    private SocketAddress another() {
        PeerTable table = peers();
        SocketAddress address = table.decoded(memory, NAME, nameLength);
        if (address == null) {
            address = decode();
            table.addDecoded(memory, NAME, nameLength, address);
        }
        return address;
    }

    private PeerTable peers() {
        PeerTable table = peers;
        if (table == null) {
            table = new PeerTable();
            peers = table;
        }
        return table;
    }

    private SocketAddress decode() {
        ByteBuffer scratch = Scratch.get();
        scratch.put(Scratch.ADDRESS, memory, NAME, nameLength);
        return SockAddr.decode(scratch, nameLength);
    }

    /** All addresses of the internet have lengths that divide by 4. */
    private boolean sameName() {
        int i = 0;
        for (; i <= nameLength - Integer.BYTES; i += Integer.BYTES) {
            if (memory.getInt(NAME + i) != memory.getInt(KNOWN + i)) {
                return false;
            }
        }
        for (; i < nameLength; i++) {
            if (memory.get(NAME + i) != memory.get(KNOWN + i)) {
                return false;
            }
        }
        return true;
    }

    /** Sends to that address from now on. */
    void to(SocketAddress address, int domain) throws UnknownHostException {
        int length = peers == null ? 0 : peers.encoded(address, memory, NAME);
        if (length == 0) {
            ByteBuffer scratch = Scratch.get();
            length = SockAddr.encode(address, domain, scratch);
            memory.put(NAME, scratch, Scratch.ADDRESS, length);
            if (PeerTable.takes(length)) {
                peers().addEncoded(memory, NAME, length, address);
            }
        }
        memory.putLong(MSGHDR_NAME, start + NAME);
        memory.putInt(MSGHDR_NAMELEN, length);
    }

    void attach(int[] descriptors) {
        Passing.attach(memory, 0, descriptors);
    }

    void expectDescriptors() {
        Passing.expect(memory, 0);
    }

    void takeDescriptors(List<Descriptor> into) throws IOException {
        Passing.take(memory, 0, into);
    }

    /** Has no control part any more. */
    void plain() {
        Passing.clear(memory, 0);
    }

    /** Sends to the peer that the socket is connected to from now on. */
    void toPeer() {
        memory.putLong(MSGHDR_NAME, 0);
        memory.putInt(MSGHDR_NAMELEN, 0);
    }
}
