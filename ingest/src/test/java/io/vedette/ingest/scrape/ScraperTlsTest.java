package io.vedette.ingest.scrape;

import static io.vedette.ingest.scrape.ScraperFixture.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.sample.ScrapeFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLServerSocket;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScraperTlsTest {
    private static final Optional<Path> NO_FILE = Optional.empty();
    private static final Optional<String> VLLM = Optional.of("vllm.test");

    private final ScraperFixture scraper = new ScraperFixture();

    private Path directory;
    private TestCertificates certificates;
    private Path ca;
    private TestServer server;
    private TestServer demandingServer;

    @BeforeAll
    void start(@TempDir Path shared) throws IOException, InterruptedException, GeneralSecurityException {
        directory = shared;
        certificates = TestCertificates.make(directory);
        ca = certificates.certificate("ca", "ca.pem");
        server = start(false);
        demandingServer = start(true);
    }

    private TestServer start(boolean needsClientCertificate) throws IOException, GeneralSecurityException {
        SSLServerSocket socket = (SSLServerSocket) certificates
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(needsClientCertificate);
        return TestServer.start(socket, (request, answer) -> answer.send(200, "a 1\n"));
    }

    @AfterAll
    void stop() {
        server.close();
        demandingServer.close();
        scraper.close();
    }

    private ScrapeOutcome scrape(TestServer from, TlsSettings tls) {
        String url = "https://127.0.0.1:" + from.port();
        return scraper.scrape(ScraperFixture.target(url, new Credentials.None(), tls));
    }

    private static TlsSettings trusting(Path authority, Optional<String> serverName) {
        return new TlsSettings(Optional.of(authority), NO_FILE, NO_FILE, serverName, false);
    }

    private static void assertTlsFailed(ScrapeOutcome outcome, String why) {
        assertThat(outcome)
                .asInstanceOf(InstanceOfAssertFactories.type(ScrapeOutcome.Failed.class))
                .satisfies(failed -> {
                    assertThat(failed.failure()).isEqualTo(ScrapeFailure.BROKEN);
                    assertThat(failed.detail()).startsWith("TLS failed: ").contains(why);
                });
    }

    @Test
    void trustsItsOwnAuthorityAndChecksTheNameThatItIsToldToExpect() {
        assertThat(scrape(server, trusting(ca, VLLM))).isInstanceOf(ScrapeOutcome.Good.class);
        assertTlsFailed(scrape(server, trusting(ca, Optional.of("other.test"))), "other.test");
    }

    @Test
    void checksTheAddressWhereNoNameIsGiven() {
        assertTlsFailed(scrape(server, trusting(ca, Optional.empty())), "subject alternative names");
    }

    @Test
    void trustsNoStranger() {
        assertTlsFailed(scrape(server, TlsSettings.DEFAULT), "unable to find valid certification path");
    }

    @Test
    void trustsEverybodyWhenToldTo() {
        assertThat(scrape(server, new TlsSettings(NO_FILE, NO_FILE, NO_FILE, Optional.empty(), true)))
                .isInstanceOf(ScrapeOutcome.Good.class);
        assertThat(scrape(server, new TlsSettings(NO_FILE, NO_FILE, NO_FILE, Optional.of("other.test"), true)))
                .isInstanceOf(ScrapeOutcome.Good.class);
    }

    @Test
    void showsItsOwnCertificate() throws IOException, GeneralSecurityException {
        Optional<Path> chain = Optional.of(certificates.certificate("client", "client.pem"));
        for (Path key : new Path[] {
            certificates.pkcs8Key("client", "client-pkcs8.key"), certificates.pkcs1Key("client", "client-pkcs1.key")
        }) {
            assertThat(scrape(demandingServer, new TlsSettings(Optional.of(ca), chain, Optional.of(key), VLLM, false)))
                    .isInstanceOf(ScrapeOutcome.Good.class);
        }
        assertThat(scrape(demandingServer, trusting(ca, VLLM)))
                .asInstanceOf(InstanceOfAssertFactories.type(ScrapeOutcome.Failed.class))
                .satisfies(failed -> assertThat(failed.failure()).isEqualTo(ScrapeFailure.BROKEN));
    }

    @Test
    void readsAnAuthorityAnewWhenItsFileHasChanged() throws IOException, GeneralSecurityException {
        Path file = certificates.certificate("stranger", "rotating.pem");
        assertTlsFailed(scrape(server, trusting(file, VLLM)), "certification path");

        Files.copy(ca, file, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(scrape(server, trusting(file, VLLM))).isInstanceOf(ScrapeOutcome.Good.class);
    }

    @Test
    void saysBrokenWhenTheServerSpeaksNoTls() {
        try (TestServer plain = TestServer.serving("a 1\n")) {
            assertTlsFailed(scrape(plain, trusting(ca, VLLM)), "");
        }
    }

    @Test
    void namesAFileThatCannotBeUsed() throws IOException {
        Path junk = Files.writeString(directory.resolve("junk.pem"), "no certificate");
        Path missing = directory.resolve("missing.pem");

        assertThat(scrape(server, trusting(missing, VLLM)))
                .isEqualTo(failed(
                        ScrapeFailure.BROKEN,
                        "the request could not be made: cannot read " + missing + " (NoSuchFileException)"));
        assertThatThrownBy(() -> ScraperFixture.target("https://a:1", new Credentials.None(), trusting(junk, VLLM))
                        .requireReadable())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target a:1: " + junk + " holds no certificate in PEM");
        assertThatThrownBy(() -> PemFile.privateKey(ca))
                .hasMessage(ca + " holds no private key in PEM that is not encrypted");
        Path sec1 = Files.writeString(
                directory.resolve("ec.key"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> PemFile.privateKey(sec1))
                .hasMessage(sec1 + " holds a key of the form 'EC PRIVATE KEY'; convert it with: openssl pkcs8 -topk8"
                        + " -nocrypt -in " + sec1 + " -out FILE");
    }
}
