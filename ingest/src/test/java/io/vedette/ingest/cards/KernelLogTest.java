package io.vedette.ingest.cards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelLogTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4,3027,5678901,-;NVRM: Xid (PCI:0000:01:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus. | 0000:01:00 | 79
            4,3027,5678901,-;NVRM: Xid (PCI:0000:C1:00): 31, pid=4567, name=python3, Ch 00000008                         | 0000:c1:00 | 31
            4,3027,5678901,-;NVRM: Xid (PCI:0000:07:00 GPU-I:03): 43, pid=12, name=python                               | 0000:07:00 | 43
            6,1,2,-,caller=T1;NVRM: Xid (0000:0b:00): 48, An uncorrectable double bit error (DBE) has been detected      | 0000:0b:00 | 48
            """)
    void findsXids(String line, String pci, long xid) {
        assertThat(KernelLog.xid(line)).contains(new XidEvent(pci, xid));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6,1,2,-;usb 1-1: new device",
                "4,1,2,-;NVRM: loading NVIDIA UNIX x86_64 Kernel Module",
                "4,1,2,-;NVRM: Xid (PCI:0000:01:00): none",
                " SUBSYSTEM=pci",
                ""
            })
    void leavesOtherLinesAlone(String line) {
        assertThat(KernelLog.xid(line)).isEmpty();
    }

    @Test
    void tellsWhyItCannotBeRead() {
        assertThat(KernelLog.refusal(folder.resolve("kmsg"))).contains(folder.resolve("kmsg") + " is not there");
        try (KernelLog log = KernelLog.follow(folder.resolve("kmsg"), System::nanoTime)) {
            assertThat(log.drain()).isEmpty();
        }
    }

    @Test
    void leavesOutWhatWasLoggedBeforeItBegan() throws Exception {
        Path fifo = folder.resolve("kmsg");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        try (RandomAccessFile kernel = new RandomAccessFile(fifo.toFile(), "rw")) {
            // One reading takes all of it, as fast as what the kernel has kept is read.
            kernel.write((line(999_999, 13) + line(1_000_001, 79)).getBytes(UTF_8));
            try (KernelLog log = KernelLog.follow(fifo, () -> 1_000_000_000L)) {
                List<XidEvent> found = new ArrayList<>();
                await().atMost(SOON).until(() -> found.addAll(log.drain()));
                assertThat(found).containsExactly(new XidEvent("0000:01:00", 79));
            }
        }
    }

    private static String line(long micros, int xid) {
        return "4,1," + micros + ",-;NVRM: Xid (PCI:0000:01:00): " + xid + ", pid=1\n";
    }
}
