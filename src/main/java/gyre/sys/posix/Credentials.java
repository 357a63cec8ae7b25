package gyre.sys.posix;

import static gyre.natives.Bsd.LOCAL_PEERCRED;
import static gyre.natives.Bsd.LOCAL_PEERPID;
import static gyre.natives.Bsd.SOL_LOCAL;
import static gyre.natives.Bsd.XUCRED_GROUPS;
import static gyre.natives.Bsd.XUCRED_PID;
import static gyre.natives.Bsd.XUCRED_SIZE;
import static gyre.natives.Bsd.XUCRED_UID;
import static gyre.natives.Layout.ABSENT;
import static gyre.natives.Layout.SOL_SOCKET;
import static gyre.natives.Layout.SO_PEERCRED;
import static gyre.natives.Layout.UCRED_GID;
import static gyre.natives.Layout.UCRED_PID;
import static gyre.natives.Layout.UCRED_SIZE;
import static gyre.natives.Layout.UCRED_UID;

import gyre.sys.PeerCredentials;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Who is at the other end of a Unix stream: one structure on Linux and on FreeBSD, on macOS one without the process. */
final class Credentials {
    private static final int AT = Scratch.CONTROL;

    private Credentials() {}

    static PeerCredentials of(PosixSource socket) throws IOException {
        if (SO_PEERCRED != ABSENT) {
            ByteBuffer linux = get(socket, SOL_SOCKET, SO_PEERCRED, UCRED_SIZE);
            return credentials(linux, UCRED_UID, UCRED_GID, linux.getInt(AT + UCRED_PID));
        }
        int pid = LOCAL_PEERPID == ABSENT ? 0 : SocketCalls.get(socket, SOL_LOCAL, LOCAL_PEERPID);
        ByteBuffer bsd = get(socket, SOL_LOCAL, LOCAL_PEERCRED, XUCRED_SIZE);
        return credentials(bsd, XUCRED_UID, XUCRED_GROUPS, XUCRED_PID == ABSENT ? pid : bsd.getInt(AT + XUCRED_PID));
    }

    private static PeerCredentials credentials(ByteBuffer scratch, int uid, int gid, int pid) {
        return new PeerCredentials(
                Integer.toUnsignedLong(scratch.getInt(AT + uid)),
                Integer.toUnsignedLong(scratch.getInt(AT + gid)),
                pid);
    }

    private static ByteBuffer get(PosixSource socket, int level, int option, int size) throws IOException {
        int result = SocketCalls.tryGet(socket.fd.number(), level, option, AT, size);
        if (result < 0) {
            throw socket.failure(result, "ask for the peer's credentials");
        }
        return Scratch.get();
    }
}
