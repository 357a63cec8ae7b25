package gyre.sys.posix;

import static gyre.natives.Layout.CMSGHDR_DATA;
import static gyre.natives.Layout.CMSGHDR_LEN;
import static gyre.natives.Layout.CMSGHDR_LEVEL;
import static gyre.natives.Layout.CMSGHDR_TYPE;
import static gyre.natives.Layout.IPPROTO_UDP;
import static gyre.natives.Layout.SCM_RIGHTS;
import static gyre.natives.Layout.SOL_SOCKET;
import static gyre.natives.Layout.UDP_GRO;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import gyre.fuzz.Check;
import gyre.sys.Descriptor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Control messages that came with bytes: any descriptors among any others, cut anywhere, are all found, and none is made up;
 * lengths that cannot be end the reading. Nothing is closed: the numbers are not ours.
 */
public final class ControlFuzz {
    private static final int MOST = Scratch.CONTROL_SIZE;

    private ControlFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        ByteBuffer scratch = Scratch.get();
        for (int i = 0; i < MOST; i++) {
            scratch.put(Scratch.CONTROL + i, (byte) 0x5A);
        }
        if (data.consumeBoolean()) {
            garbage(scratch, data.consumeRemainingAsBytes());
        } else {
            messages(scratch, data);
        }
    }

    /** As the kernel lists them; the last one may be cut, and its length says so. */
    private static void messages(ByteBuffer scratch, FuzzedDataProvider data) {
        List<Integer> sent = new ArrayList<>();
        List<Integer> segments = new ArrayList<>();
        int at = Scratch.CONTROL;
        int end = Scratch.CONTROL + data.consumeInt(0, MOST);
        while (data.remainingBytes() > 0 && at + CMSGHDR_DATA <= end) {
            boolean rights = data.consumeBoolean();
            boolean merged = !rights && data.consumeBoolean();
            byte[] content = data.consumeBytes(data.consumeInt(0, 64));
            int length = Math.min(CMSGHDR_DATA + content.length, end - at);
            Size.put(scratch, at + CMSGHDR_LEN, length);
            scratch.putInt(at + CMSGHDR_LEVEL, rights ? SOL_SOCKET : merged ? IPPROTO_UDP : data.consumeInt(2, 300));
            scratch.putInt(at + CMSGHDR_TYPE, merged ? UDP_GRO : SCM_RIGHTS);
            scratch.put(at + CMSGHDR_DATA, content, 0, length - CMSGHDR_DATA);
            for (int i = CMSGHDR_DATA; rights && i + Integer.BYTES <= length; i += Integer.BYTES) {
                sent.add(scratch.getInt(at + i));
            }
            if (merged && length >= CMSGHDR_DATA + Integer.BYTES) {
                segments.add(scratch.getInt(at + CMSGHDR_DATA));
            }
            at += length + 7 & -8; // CMSG_ALIGN of Linux, by its manual
        }
        Check.equal(sent, found(scratch, Math.min(at, end)), "descriptors");
        int segment = PacketMessage.told(scratch, Scratch.CONTROL, Math.min(at, end));
        Check.equal(segments.isEmpty() ? 0 : segments.get(0), segment, "the segment");
    }

    private static void garbage(ByteBuffer scratch, byte[] bytes) {
        int length = Math.min(bytes.length, MOST);
        scratch.put(Scratch.CONTROL, bytes, 0, length);
        List<Integer> one = found(scratch, Scratch.CONTROL + length);
        int segment = PacketMessage.told(scratch, Scratch.CONTROL, Scratch.CONTROL + length);
        Check.holds(one.size() * Integer.BYTES <= length, one.size() + " descriptors in " + length + " bytes");
        for (int i = length; i < MOST; i++) {
            scratch.put(Scratch.CONTROL + i, (byte) 0);
        }
        Check.equal(one, found(scratch, Scratch.CONTROL + length), "what lies behind the end is read");
        int again = PacketMessage.told(scratch, Scratch.CONTROL, Scratch.CONTROL + length);
        Check.equal(segment, again, "a segment from behind the end");
    }

    private static List<Integer> found(ByteBuffer scratch, int end) {
        List<Descriptor> came = new ArrayList<>();
        Passing.list(scratch, end, came);
        return came.stream().map(Descriptor::number).toList();
    }
}
