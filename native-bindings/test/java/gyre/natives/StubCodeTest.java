package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares each stub with what binutils read in it. */
class StubCodeTest {
    /** A label and a colon, the bytes, then the instruction. */
    private static final String LINE = "\\s*[0-9a-f]+:\\t[^\\t]+\\t.*";

    @TempDir
    Path folder;

    @Test
    void onX86EachStubMovesItsArgumentsAndCalls() throws Exception {
        for (SystemCall call : SystemCall.values()) {
            String[][] moves = {
                {"movsxd rdi,edx", "mov rdi,rdx"},
                {"movsxd rsi,ecx", "mov rsi,rcx"},
                {"movsxd rdx,r8d", "mov rdx,r8"},
                {"movsxd r10,r9d", "mov r10,r9"},
                {"movsxd r8,DWORD PTR [rsp+0x8]", "mov r8,QWORD PTR [rsp+0x8]"},
                {"movsxd r9,DWORD PTR [rsp+0x10]", "mov r9,QWORD PTR [rsp+0x10]"}
            };
            String[] clears = {
                "xor edi,edi", "xor esi,esi", "xor edx,edx", "xor r10d,r10d", "xor r8d,r8d", "xor r9d,r9d"
            };
            List<String> wanted = new ArrayList<>(List.of("endbr64"));
            wanted.addAll(arguments(call, moves, clears));
            wanted.addAll(List.of("mov eax,0x" + Integer.toHexString(call.x86()), "syscall", "ret"));
            assertEquals(wanted, disassembled(StubCode.X86_64, call, "objdump", "i386:x86-64", "intel"), call.method());
        }
    }

    @Test
    void onAarch64EachStubMovesItsArgumentsAndCalls() throws Exception {
        for (SystemCall call : SystemCall.values()) {
            String[][] moves = {
                {"sxtw x0, w2", "mov x0, x2"},
                {"sxtw x1, w3", "mov x1, x3"},
                {"sxtw x2, w4", "mov x2, x4"},
                {"sxtw x3, w5", "mov x3, x5"},
                {"sxtw x4, w6", "mov x4, x6"},
                {"sxtw x5, w7", "mov x5, x7"}
            };
            String[] clears = new String[6];
            for (int i = 0; i < 6; i++) {
                clears[i] = "mov x" + i + ", #0x0";
            }
            List<String> wanted = new ArrayList<>(List.of("bti c"));
            wanted.addAll(arguments(call, moves, clears));
            wanted.addAll(List.of("mov x8, #0x" + Integer.toHexString(call.arm()), "svc #0x0", "ret"));
            assertEquals(
                    wanted,
                    disassembled(StubCode.AARCH64, call, "aarch64-linux-gnu-objdump", "aarch64", null),
                    call.method());
        }
    }

    /** Without an assembler at hand: the words of one stub, as the Arm manual has them. */
    @Test
    void onAarch64TheWordsAreThoseOfTheManual() {
        int[] words = {
            0xD503245F,
            0x93407C40,
            0xAA0303E1,
            0x93407C82,
            0x93407CA3,
            0xD2800004,
            0xD2800005,
            0xD28019E8,
            0xD4000001,
            0xD65F03C0
        };
        ByteBuffer code = StubCode.AARCH64.assemble().order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < words.length; i++) {
            assertEquals(words[i], code.getInt(i * 4), "word " + i);
        }
    }

    @Test
    void stubsStandApartAndWhatLiesBetweenTraps() {
        for (StubCode cpu : StubCode.values()) {
            ByteBuffer code = cpu.assemble();
            assertEquals(SystemCall.values().length * StubCode.STRIDE, code.limit());
            assertTrue(code.limit() <= 4096);
            byte filler = (byte) (cpu == StubCode.X86_64 ? 0xCC : 0);
            assertEquals(filler, code.get(StubCode.STRIDE - 1));
        }
    }

    private static List<String> arguments(SystemCall call, String[][] moves, String[] clears) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String types = call.parameters();
            lines.add(i < types.length() ? moves[i][types.charAt(i) == 'I' ? 0 : 1] : clears[i]);
        }
        return lines;
    }

    /** The instructions of one stub up to its return, each with single blanks. */
    private List<String> disassembled(StubCode cpu, SystemCall call, String tool, String machine, String syntax)
            throws Exception {
        ByteBuffer code = Memory.buffer(StubCode.STRIDE).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        cpu.write(code, call);
        byte[] bytes = new byte[code.position()];
        code.get(0, bytes);
        Path file = Files.write(folder.resolve(call.method()), bytes);
        List<String> command = new ArrayList<>(List.of(tool, "-D", "-b", "binary", "-m", machine));
        if (syntax != null) {
            command.addAll(List.of("-M", syntax));
        }
        command.add(file.toString());
        Run run;
        try {
            run = Run.of(command);
        } catch (IOException e) {
            assumeTrue(System.getenv("CI") != null, "skipped: there is no " + tool);
            throw e;
        }
        assertEquals(0, run.status(), run.output());
        return run.output()
                .lines()
                .filter(line -> line.matches(LINE))
                .map(line -> line.substring(line.indexOf('\t', line.indexOf('\t') + 1) + 1))
                .map(line -> line.replaceAll("//.*", "").replaceAll("\\s+", " ").strip())
                .toList();
    }
}
