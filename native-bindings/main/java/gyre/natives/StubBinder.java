package gyre.natives;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@link Stubs} to machine code, as a JNI library would do it in {@code JNI_OnLoad}: through
 * {@code RegisterNatives}, which is reached by JNA.
 */
final class StubBinder {
    private static final int JNI_VERSION_1_8 = 0x00010008;

    /** Slots of JNI's two function tables, fixed by its specification. */
    private static final int GET_ENV = 6, REGISTER_NATIVES = 215;

    /** Bytes of a {@code JNINativeMethod}: name, signature, code. */
    private static final int METHOD_SIZE = 24;

    private static final int TEXT_SIZE = 64;

    private StubBinder() {}

    /** Binds and tests every stub; answers why that could not be, or null. */
    @SuppressWarnings("CatchingUnchecked") // JNA must take over whatever happens
    static @Nullable String bind() {
        if (!Platform.LINUX) {
            return "they make Linux's system calls";
        }
        try {
            ByteBuffer code = (Platform.X86_64 ? StubCode.X86_64 : StubCode.AARCH64).assemble();
            long page = StubPage.map(code);
            if (page < 0) {
                return "executable memory is refused: " + Errno.text((int) -page);
            }
            int result = register(page);
            return result != 0 ? "RegisterNatives answers " + result : misbehaving();
        } catch (Throwable e) {
            return "binding failed: " + e;
        }
    }

    private static int register(long page) {
        SystemCall[] calls = SystemCall.values();
        int texts = calls.length * METHOD_SIZE;
        ByteBuffer methods = Memory.buffer(texts + calls.length * 2 * TEXT_SIZE);
        long address = Memory.address(methods);
        for (SystemCall call : calls) {
            int name = texts + call.ordinal() * 2 * TEXT_SIZE;
            int signature = name + TEXT_SIZE;
            methods.put(name, call.method().getBytes(StandardCharsets.US_ASCII));
            methods.put(signature, call.signature().getBytes(StandardCharsets.US_ASCII));
            int row = call.ordinal() * METHOD_SIZE;
            methods.putLong(row, address + name);
            methods.putLong(row + 8, address + signature);
            methods.putLong(row + 16, page + (long) call.ordinal() * StubCode.STRIDE);
        }
        long env = environment();
        Object[] arguments = {env, Stubs.class, address, calls.length};
        Object result = slot(env, REGISTER_NATIVES)
                .invoke(Integer.class, arguments, Map.of(Library.OPTION_ALLOW_OBJECTS, true));
        Reference.reachabilityFence(methods);
        return (Integer) result;
    }

    /** The calling thread's {@code JNIEnv}. */
    private static long environment() {
        ByteBuffer out = Memory.buffer(16);
        long address = Memory.address(out);
        int found = javaVms().invokeInt(new Object[] {address, 1, address + 8});
        if (found != 0 || out.getInt(8) != 1) {
            throw new IllegalStateException("JNI_GetCreatedJavaVMs answers " + found);
        }
        long vm = out.getLong(0);
        int result = slot(vm, GET_ENV).invokeInt(new Object[] {vm, address, JNI_VERSION_1_8});
        if (result != 0) {
            throw new IllegalStateException("GetEnv answers " + result);
        }
        return out.getLong(0);
    }

    private static Function javaVms() {
        String name = "JNI_GetCreatedJavaVMs";
        try {
            return NativeLibrary.getProcess().getFunction(name);
        } catch (UnsatisfiedLinkError e) {
            // A program that embeds the JVM need not have made its symbols global; the same file is the same library.
            String file = System.getProperty("java.home") + "/lib/server/libjvm.so";
            return NativeLibrary.getInstance(file).getFunction(name);
        }
    }

    /** A function of the table that an interface pointer points to. */
    private static Function slot(long interfacePointer, int index) {
        long table = Memory.getLong(interfacePointer);
        return Function.getFunction(new Pointer(Memory.getLong(table + index * 8L)));
    }

    /** Calls every stub with a bad descriptor; answers which one does not say so, or null. */
    private static @Nullable String misbehaving() {
        // A message of one empty piece, which lies where there is no control data: with no piece, qemu looks no
        // further.
        ByteBuffer room = Memory.buffer(Layout.MSGHDR_SIZE);
        long address = Memory.address(room);
        room.putLong(Layout.MSGHDR_IOV, address + Layout.MSGHDR_CONTROL).putLong(Layout.MSGHDR_IOVLEN, 1);
        for (SystemCall call : SystemCall.values()) {
            int result = tryOn(-1, call, address);
            // Linux before 5.11 has no epoll_pwait2, and some sandboxes forbid what they don't know.
            boolean absent = call == SystemCall.EPOLL_PWAIT2 && (result == -Errno.ENOSYS || result == -Errno.EPERM);
            if (result != -Errno.EBADF && !absent) {
                return "the stub " + call.method() + " answers " + result + " for a bad descriptor";
            }
        }
        Reference.reachabilityFence(room);
        return null;
    }

    private static int tryOn(int fd, SystemCall call, long address) {
        return switch (call) {
            case RECV -> Stubs.recv(fd, address, 0, 0);
            case SEND -> Stubs.send(fd, address, 0, 0);
            case RECVFROM -> Stubs.recvfrom(fd, address, 0, 0, 0, 0);
            case SENDTO -> Stubs.sendto(fd, address, 0, 0, 0, 0);
            case EPOLL_WAIT -> Stubs.epollWait(fd, address, 1, 0);
            case EPOLL_PWAIT2 -> Stubs.epollPwait2(fd, address, 1, 0);
            case ACCEPT4 -> Stubs.accept4(fd, 0, 0, 0);
            case READ -> Stubs.read(fd, address, 0);
            case WRITE -> Stubs.write(fd, address, 0);
            case SENDMSG -> Stubs.sendmsg(fd, address, 0);
            case RECVMSG -> Stubs.recvmsg(fd, address, 0);
            case WRITEV -> Stubs.writev(fd, address + Layout.MSGHDR_CONTROL, 1);
        };
    }
}
