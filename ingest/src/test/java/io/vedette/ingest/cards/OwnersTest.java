package io.vedette.ingest.cards;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.ingest.cards.CardExposition.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code /proc} in a folder of the test's. */
class OwnersTest {
    private static final LocalTarget FIRST = new LocalTarget("127.0.0.1:8000", 8000);
    private static final LocalTarget SECOND = new LocalTarget("127.0.0.1:8001", 8001);
    private static final CardId CARD = new CardId(0, "GPU-a", "", "nvidia0", "", Optional.empty());

    @TempDir
    private Path proc;

    private final AtomicLong nanos = new AtomicLong();
    private Owners owners;

    @BeforeEach
    void twoSocketsListen() throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4000 1 0000000000000000 100 0 0 10 0
                   1: 0100007F:1F40 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4999 1 0000000000000000 20 4 30 10 -1
                """);
        Files.writeString(proc.resolve("net/tcp6"), """
                  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000000000000000000000000000:1F41 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4001 1 0000000000000000 100 0 0 10 0
                """);
        owners = new Owners(new Processes(proc), nanos::get);
        process(1, "systemd", 0, 1, "socket:[4000]");
    }

    private void process(int pid, String name, int parent, int group, String... files) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(folder.resolve("comm"), name + '\n');
        Files.writeString(
                folder.resolve("stat"), pid + " (" + name + ") S " + parent + ' ' + group + " 1 0 -1 4194560 1\n");
        Path open = Files.createDirectories(folder.resolve("fd"));
        for (int i = 0; i < files.length; i++) {
            Files.createSymbolicLink(open.resolve(Integer.toString(i)), Path.of(files[i]));
        }
    }

    private static CardReading held(long... pids) {
        return new CardReading(
                CARD,
                Map.of(),
                Stream.of(pids)
                        .flatMapToLong(Arrays::stream)
                        .mapToObj(pid -> new CardProcess(pid, OptionalLong.empty()))
                        .toList());
    }

    private List<String> find(CardReading card) {
        Map<Long, String> names = owners.names(List.of(card));
        return owners.find(List.of(FIRST, SECOND), List.of(card), names.keySet()).stream()
                .map(Owner::instance)
                .toList();
    }

    @Test
    void aWorkerBelongsToTheServerAboveIt() throws IOException {
        process(100, "vllm", 1, 100, "socket:[4000]", "/dev/null");
        process(101, "VLLM::EngineCor", 100, 100, "/dev/nvidiactl");
        process(102, "VLLM::Worker (T) P0", 101, 102, "/dev/nvidia0");

        assertThat(find(held(102))).containsExactly("127.0.0.1:8000");
        assertThat(owners.names(List.of(held(102)))).isEqualTo(Map.of(102L, "VLLM::Worker (T) P0"));
    }

    @Test
    void aServerBelowTheHolderIsFoundToo() throws IOException {
        process(200, "engine", 1, 200, "/dev/nvidia0");
        process(201, "front", 200, 201, "socket:[4001]");

        assertThat(find(held(200))).containsExactly("127.0.0.1:8001");
    }

    @Test
    void ofTwoServersInOneShellEachHasItsOwn() throws IOException {
        process(300, "run.sh", 1, 300);
        process(310, "vllm", 300, 300, "socket:[4000]");
        process(311, "worker", 310, 300, "/dev/nvidia0");
        process(320, "vllm", 300, 300, "socket:[4001]");
        process(321, "worker", 320, 300, "/dev/nvidia0");

        assertThat(find(held(311))).containsExactly("127.0.0.1:8000");
        assertThat(find(held(321))).containsExactly("127.0.0.1:8001");
        assertThat(find(held(311, 321))).containsExactly("127.0.0.1:8000", "127.0.0.1:8001");
    }

    @Test
    void beneathOneLauncherTheProcessGroupDecidesIfOnlyOneServerIsInIt() throws IOException {
        process(400, "launcher", 1, 400);
        process(401, "front", 400, 400, "socket:[4000]");
        process(402, "engine", 400, 400, "/dev/nvidia0");

        assertThat(find(held(402))).containsExactly("127.0.0.1:8000");

        process(403, "front", 400, 400, "socket:[4001]");
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(find(held(402))).isEmpty();
    }

    @Test
    void aContainersServerIsFoundBehindDockersProxy() throws IOException {
        process(600, "docker-proxy", 1, 600, "socket:[4000]");
        Files.writeString(
                proc.resolve("600/cmdline"),
                "/usr/bin/docker-proxy\0-proto\0tcp\0-host-ip\0" + "0.0.0.0\0-host-port\0" + "8000\0-container-ip\0"
                        + "172.17.0.2\0-container-port\0" + "9000\0");
        container(610, "172.17.0.2");
        container(620, "172.17.0.20");

        assertThat(find(held(610))).containsExactly("127.0.0.1:8000");
        assertThat(find(held(620)))
                .as("another container with the same port inside")
                .isEmpty();
    }

    private void container(int pid, String address) throws IOException {
        process(pid, "VLLM::EngineCor", 1, pid, "/dev/nvidia0");
        Path net = Files.createDirectories(proc.resolve(pid + "/net"));
        Files.writeString(net.resolve("tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000:2328 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5000 1 0000000000000000 100 0 0 10 0
                """);
        Files.writeString(
                net.resolve("fib_trie"),
                "Main:\n  +-- 0.0.0.0/0 3 0 5\n           |-- " + address + "\n              /32 host LOCAL\n");
    }

    @Test
    void aProcessOfAnotherNamespaceHasNoOwner() throws IOException {
        process(500, "vllm", 1, 500, "socket:[4000]");
        process(501, "something", 500, 500, "/var/log/other");

        assertThat(find(held(777))).as("not visible").isEmpty();
        assertThat(find(held(501)))
                .as("another process of that number: it has no card open")
                .isEmpty();
        assertThat(find(held(1)))
                .as("the system's first process listens for others")
                .isEmpty();
    }

    @Test
    void anEndedProcessAndAMissingProcAreNoTrouble(@TempDir Path nothing) {
        assertThat(find(held(4711))).isEmpty();
        assertThat(new Owners(new Processes(nothing.resolve("proc")), nanos::get)
                        .find(List.of(FIRST), List.of(held(1)), Set.of(1L)))
                .isEmpty();
    }
}
