package gyre.natives;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes the machine code of a stub: a JNI function of up to six {@code int} and {@code long} arguments that makes one
 * system call and answers what the kernel answers.
 *
 * <p>JNI passes the environment and the class first, and those are dropped. Each {@code int} is widened with its sign,
 * because the kernel takes sizes as 64 bits; what the call does not use up to six arguments is 0. A move never overwrites
 * what a later one reads, since every source register lies behind its target. Nothing is saved and no memory is written:
 * all registers that are written belong to the callee in both conventions. The first instruction is the landing pad that
 * CPUs with branch protection want (a no-op on others).
 */
enum StubCode {
    /**
     * JNI: rdi rsi, then rdx rcx r8 r9, then the stack, above the return address. Kernel: number in rax, then rdi rsi rdx r10
     * r8 r9; it spoils rcx and r11.
     */
    X86_64(0xCC) {
        private static final int[] JNI = {2, 1, 8, 9};
        private static final int[] KERNEL = {7, 6, 2, 10, 8, 9};

        @Override
        void write(ByteBuffer code, SystemCall call) {
            put(code, 0xF3, 0x0F, 0x1E, 0xFA); // endbr64
            String types = call.parameters();
            for (int i = 0; i < KERNEL.length; i++) {
                int to = KERNEL[i];
                if (i >= types.length()) {
                    xor(code, to);
                } else if (i >= JNI.length) {
                    // movsxd to, [rsp + …], or mov
                    put(code, 0x48 | to >> 3 << 2, types.charAt(i) == 'I' ? 0x63 : 0x8B);
                    put(code, 0x44 | (to & 7) << 3, 0x24, 8 * (1 + i - JNI.length));
                } else if (types.charAt(i) == 'I') {
                    // movsxd to, from
                    put(code, 0x48 | to >> 3 << 2 | JNI[i] >> 3, 0x63, 0xC0 | (to & 7) << 3 | JNI[i] & 7);
                } else {
                    // mov to, from
                    put(code, 0x48 | JNI[i] >> 3 << 2 | to >> 3, 0x89, 0xC0 | (JNI[i] & 7) << 3 | to & 7);
                }
            }
            code.put((byte) 0xB8).putInt(call.x86()); // mov eax, number
            put(code, 0x0F, 0x05); // syscall
            put(code, 0xC3); // ret
        }

        /** Clears all 64 bits: a write to the lower half clears the upper. */
        private void xor(ByteBuffer code, int register) {
            if (register > 7) {
                put(code, 0x45);
            }
            put(code, 0x31, 0xC0 | (register & 7) << 3 | register & 7);
        }
    },

    /** JNI: x0 x1, then x2 to x7. Kernel: number in x8, then x0 to x5; it spoils only x0. */
    AARCH64(0) {
        @Override
        void write(ByteBuffer code, SystemCall call) {
            code.putInt(0xD503245F); // bti c
            String types = call.parameters();
            for (int to = 0; to < 6; to++) {
                int from = to + 2;
                if (to >= types.length()) {
                    code.putInt(0xD2800000 | to); // mov to, #0
                } else if (types.charAt(to) == 'I') {
                    code.putInt(0x93407C00 | from << 5 | to); // sxtw to, from
                } else {
                    code.putInt(0xAA0003E0 | from << 16 | to); // mov to, from
                }
            }
            code.putInt(0xD2800008 | call.arm() << 5); // mov x8, number
            code.putInt(0xD4000001); // svc #0
            code.putInt(0xD65F03C0); // ret
        }
    };

    /** Each stub begins at a multiple of this, a cache line. */
    static final int STRIDE = 64;

    /** What lies between stubs; running into it traps. */
    private final byte filler;

    StubCode(int filler) {
        this.filler = (byte) filler;
    }

    /** Appends one stub. */
    abstract void write(ByteBuffer code, SystemCall call);

    /** All stubs, one every {@link #STRIDE} bytes in the order of the calls, in memory that {@link Memory} can show. */
    ByteBuffer assemble() {
        SystemCall[] calls = SystemCall.values();
        ByteBuffer code = Memory.buffer(calls.length * STRIDE).order(ByteOrder.LITTLE_ENDIAN);
        for (SystemCall call : calls) {
            code.position(call.ordinal() * STRIDE);
            write(code, call);
            int end = (call.ordinal() + 1) * STRIDE;
            while (code.position() < end) {
                code.put(filler);
            }
        }
        return code.flip();
    }

    private static void put(ByteBuffer code, int... bytes) {
        for (int each : bytes) {
            code.put((byte) each);
        }
    }
}
