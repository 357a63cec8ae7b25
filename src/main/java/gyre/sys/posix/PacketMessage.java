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

import gyre.natives.Errno;
import gyre.natives.Memory;
import gyre.natives.Platform;
import gyre.natives.Sys;
import gyre.sys.Descriptor;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code msghdr} for one piece of memory and one address, kept from call to call. The address of a received datagram is
 * decoded when it is asked for, and only if it is not one that was decoded before.
 *
 * <p>What has no control part goes by {@code sendto} and {@code recvfrom}, which the kernel does for less: it has no
 * header and no list of pieces to copy and to check.
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

    /** Receives into this piece of memory: the bytes, or −errno; then what is known about the last datagram stays. */
    int receive(int fd, long address, int bytes, int flags) {
        memory.putInt(MSGHDR_NAMELEN, SOCKADDR_STORAGE_SIZE);
        if (merges) {
            control(CONTROL_SIZE);
        }
        // Only Linux answers by recvfrom that the datagram was longer.
        int n = Platform.LINUX && isPlain()
                ? receivePlain(fd, address, bytes, flags)
                : receiveMessage(fd, address, bytes, flags);
        Reference.reachabilityFence(this);
        if (n >= 0) {
            nameLength = memory.getInt(MSGHDR_NAMELEN);
        }
        return n;
    }

    private int receivePlain(int fd, long address, int bytes, int flags) {
        int n;
        do {
            n = Sys.recvfrom(fd, address, bytes, flags | MSG_TRUNC, start + NAME, start + MSGHDR_NAMELEN);
        } while (n == -Errno.EINTR);
        if (n >= 0) {
            truncated = n > bytes;
            segment = 0;
        }
        return Math.min(n, bytes);
    }

    private int receiveMessage(int fd, long address, int bytes, int flags) {
        memory.putLong(MSGHDR_NAME, start + NAME);
        piece(address, bytes);
        int n;
        do {
            n = Sys.recvmsg(fd, start, flags);
        } while (n == -Errno.EINTR);
        if (n >= 0) {
            truncated = (memory.getInt(MSGHDR_FLAGS) & MSG_TRUNC) != 0;
            segment = merges ? told(memory, CONTROL, CONTROL + Size.get(memory, MSGHDR_CONTROLLEN)) : 0;
        }
        return n;
    }

    /** Sends this piece of memory to the address that was last set: the bytes taken, or −errno. */
    int send(int fd, long address, int bytes, int flags) {
        int n;
        if (isPlain()) {
            long name = memory.getLong(MSGHDR_NAME);
            int length = memory.getInt(MSGHDR_NAMELEN);
            do {
                n = Sys.sendto(fd, address, bytes, flags, name, length);
            } while (n == -Errno.EINTR);
        } else {
            piece(address, bytes);
            do {
                n = Sys.sendmsg(fd, start, flags);
            } while (n == -Errno.EINTR);
        }
        Reference.reachabilityFence(this);
        return n;
    }

    /** Without a control part. */
    private boolean isPlain() {
        return memory.getLong(MSGHDR_CONTROL) == 0;
    }

    private void piece(long address, int bytes) {
        memory.putLong(PIECE + IOVEC_BASE, address);
        memory.putLong(PIECE + IOVEC_LEN, bytes);
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

    /** How long each of merged datagrams is, as the control messages there tell; 0 if they don't, or are cut there. */
    static int told(ByteBuffer control, int start, int end) {
        int length;
        for (int at = start; at + CMSGHDR_DATA <= end; at += Passing.aligned(length)) {
            length = Passing.length(control, at, end);
            if (control.getInt(at + CMSGHDR_LEVEL) == IPPROTO_UDP
                    && control.getInt(at + CMSGHDR_TYPE) == UDP_GRO
                    && length >= CMSGHDR_DATA + Integer.BYTES) {
                return control.getInt(at + CMSGHDR_DATA);
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
