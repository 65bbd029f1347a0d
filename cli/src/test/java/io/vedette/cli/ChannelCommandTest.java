package io.vedette.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vedette channel test} as it is typed: exit codes, and what is told where. */
class ChannelCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private HttpServer server;
    private volatile String answer = "{\"errcode\":0,\"errmsg\":\"ok\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                byte[] bytes = answer.getBytes(UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aSampleIsToldAndThatItIsOver() throws IOException {
        assertThat(run("ops")).as(err.toString()).isZero();

        assertThat(out.toString())
                .isEqualTo(
                        "firing: delivered\nresolved: delivered\nwecom took both. See whether they are there, and read well.\n");
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(0)).contains("vedette-test").contains("这是对渠道 ops 的测试：一切正常。");
        assertThat(bodies.get(1)).contains("【已恢复】vedette-test");
    }

    @Test
    void whatIsRefusedIsToldWithWhatToDo() throws IOException {
        answer = "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}";

        assertThat(run("ops")).isEqualTo(1);

        assertThat(out.toString())
                .isEqualTo(
                        "firing: refused: 93000 invalid webhook url: the key in the address is wrong, or the robot was"
                                + " removed; copy the webhook again\n");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void whatMayGoWellLaterIsToldSo() throws IOException {
        server.stop(0);

        assertThat(run("ops")).isEqualTo(1);

        assertThat(out.toString())
                .isEqualTo(
                        "firing: not taken now: connection refused. An alert would be told again until it is taken.\n");
    }

    @Test
    void aNameThatIsNoneIsToldWithTheNearest() throws IOException {
        assertThat(run("osp")).isEqualTo(2);

        assertThat(err.toString())
                .contains("there is no channel 'osp'; did you mean 'ops'?")
                .doesNotContain("key=");
    }

    private int run(String name) throws IOException {
        Path file = Files.writeString(folder.resolve("vedette.yaml"), """
                alerts:
                  language: zh
                  channels:
                    - {name: ops, type: wecom, url: "http://127.0.0.1:%d/cgi-bin/webhook/send?key=s3cr3t"}
                """.formatted(
                        server.getAddress().getPort()));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("channel", "test", name, "-c", file.toString());
    }
}
