package io.vedette.alerts.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vedette.alerts.Events;
import io.vedette.alerts.Stories;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Language;
import io.vedette.alerts.channel.MailServer;
import io.vedette.alerts.channel.MailServer.Tls;
import io.vedette.alerts.channel.Secret;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTest {
    private static final String PASSWORD = "s3cr3t";
    private static final String STORE = "greenmail.tls.keystore.file";
    private static final String STORE_PASSWORD = "greenmail.tls.keystore.password";

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    private GreenMail server;

    @BeforeAll
    static void certify() throws Exception {
        certificate = TestCertificate.in(folder, "ip:127.0.0.1");
        System.setProperty(STORE, certificate.store().toString());
        System.setProperty(STORE_PASSWORD, TestCertificate.PASSWORD);
    }

    @AfterAll
    static void forget() {
        System.clearProperty(STORE);
        System.clearProperty(STORE_PASSWORD);
    }

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
        });
        server.setUser("vedette@example.org", "vedette", PASSWORD);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailIsTextAndHtmlOfTheSameNews() throws Exception {
        Mail mail = mail(server(server.getSmtps().getPort(), Tls.IMPLICIT, PASSWORD), Language.ENGLISH);

        Answer answer = mail.send(List.of(Stories.firing()));

        assertThat(answer.outcome()).isEqualTo(Outcome.DELIVERED);
        MimeMessage received = received(1)[0];
        assertThat(received.getSubject()).isEqualTo("WARNING: queue-slow on 10.0.0.7:8000 (glm-4.7-flash)");
        assertThat(received.getFrom()[0]).hasToString("Vedette <vedette@example.org>");
        assertThat(received.getAllRecipients()).hasSize(2);
        assertThat(received.getSentDate()).isEqualTo(Events.START);
        assertThat(received.getMessageID())
                .isEqualTo(answer.receipt().orElseThrow())
                .endsWith("@example.org>");
        assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        Multipart parts = (Multipart) received.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("the wait in the queue is 0.82 s")
                .contains("Next step:");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("the wait in the queue is 0.82 s");
    }

    @Test
    void whatBecomesOfAnAlertAnswersTheMailBefore() throws Exception {
        Mail mail = mail(server(server.getSmtps().getPort(), Tls.IMPLICIT, PASSWORD), Language.CHINESE);

        String first = mail.send(List.of(Stories.firing())).receipt().orElseThrow();
        String second = mail.send(List.of(Events.news(Stories.CHANGED, Stories.FIRING, first)))
                .receipt()
                .orElseThrow();
        mail.send(List.of(Events.news(Stories.RESOLVED, Stories.CHANGED, second)));

        MimeMessage[] received = received(3);
        assertThat(received[0].getHeader("In-Reply-To")).isNull();
        assertThat(received[1].getHeader("In-Reply-To")).containsExactly(first);
        assertThat(received[2].getHeader("In-Reply-To")).containsExactly(second);
        assertThat(received[2].getHeader("References")).containsExactly(second);
        assertThat(received[2].getSubject()).isEqualTo("【已恢复】queue-blocked：10.0.0.7:8000 (glm-4.7-flash)");
    }

    @Test
    void theSameNewsIsTheSameMailAtEachAttempt() throws Exception {
        Mail mail = mail(server(server.getSmtps().getPort(), Tls.IMPLICIT, PASSWORD), Language.ENGLISH);

        assertThat(mail.send(List.of(Stories.firing()))).isEqualTo(mail.send(List.of(Stories.firing())));
    }

    @Test
    void theConnectionTurnsToTlsBeforeAnythingIsSaid() throws Exception {
        try (StartTlsFront front =
                new StartTlsFront(certificate, server.getSmtp().getPort(), true)) {
            Answer answer = mail(server(front.port(), Tls.STARTTLS, PASSWORD), Language.ENGLISH)
                    .send(List.of(Stories.firing()));

            assertThat(answer.outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(received(1)).hasSize(1);
        }
    }

    @Test
    void withoutTlsNothingIsSaid() throws Exception {
        try (StartTlsFront front =
                new StartTlsFront(certificate, server.getSmtp().getPort(), false)) {
            Answer answer = mail(server(front.port(), Tls.STARTTLS, PASSWORD), Language.ENGLISH)
                    .send(List.of(Stories.firing()));

            assertThat(answer).isEqualTo(Answer.retry("STARTTLS is required but host does not support STARTTLS"));
        }
    }

    @Test
    void aCertificateThatNobodyKnowsIsNotTrusted() throws Exception {
        MailServer unknown = new MailServer(
                "127.0.0.1", server.getSmtps().getPort(), Tls.IMPLICIT, Optional.empty(), Optional.empty());

        Answer answer = mail(unknown, Language.ENGLISH).send(List.of(Stories.firing()));

        assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(answer.reason()).startsWith("TLS: ").contains("ca_file");
    }

    @Test
    void aCertificateForAnotherNameIsNotTrusted(@TempDir Path elsewhere) throws Exception {
        TestCertificate other = TestCertificate.in(elsewhere, "dns:mail.example.org");
        try (StartTlsFront front = new StartTlsFront(other, server.getSmtp().getPort(), true)) {
            MailServer wrong =
                    new MailServer("127.0.0.1", front.port(), Tls.STARTTLS, Optional.empty(), Optional.of(other.pem()));

            Answer answer = mail(wrong, Language.ENGLISH).send(List.of(Stories.firing()));

            assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(answer.reason()).startsWith("TLS: ");
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithoutBeingTold() {
        Answer answer = mail(server(server.getSmtps().getPort(), Tls.IMPLICIT, "wr0ng"), Language.ENGLISH)
                .send(List.of(Stories.firing()));

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.reason()).contains("check username and password").doesNotContain("wr0ng");
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 451 try again later, RETRY, SMTP 451",
        "MAIL, 550 not from you, REFUSED, SMTP 550",
        "RCPT, 452 too many, RETRY, SMTP 452",
        "RCPT, 550 no such user, REFUSED, SMTP 550",
        "'.', 452 no room, RETRY, SMTP 452",
        "'.', 554 spam, REFUSED, SMTP 554",
        "EHLO, hang up, RETRY, ''",
        "'.', hang up, RETRY, ''",
        "DATA, silence, RETRY, ''"
    })
    void whatAServerSaysIsSortedByItsCode(String command, String says, Outcome outcome, String reason)
            throws Exception {
        try (ScriptedSmtp scripted = new ScriptedSmtp().answers(command, says).answers("HELO", "502 no")) {
            Answer answer = mail(plain(scripted.port()), Language.ENGLISH, Duration.ofMillis(500))
                    .send(List.of(Stories.firing()));

            assertThat(answer.outcome()).as(answer.reason()).isEqualTo(outcome);
            assertThat(answer.reason()).startsWith(reason);
        }
    }

    @Test
    void oneReceiverThatIsGoneDoesNotTakeTheOthersAlong() throws Exception {
        try (ScriptedSmtp scripted = new ScriptedSmtp().answers("RCPT TO:<night@example.net>", "550 no such user")) {
            Answer answer = mail(plain(scripted.port()), Language.ENGLISH).send(List.of(Stories.firing()));

            assertThat(answer.outcome()).isEqualTo(Outcome.DELIVERED);
        }
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() {
        int port = server.getSmtp().getPort();
        server.stop();

        Answer answer = mail(plain(port), Language.ENGLISH).send(List.of(Stories.firing()));

        assertThat(answer).isEqualTo(Answer.retry("no connection (ConnectException)"));
    }

    /** What both receivers have, each once. */
    private MimeMessage[] received(int count) throws MessagingException {
        assertThat(server.waitForIncomingEmail(10_000, count * 2)).isTrue();
        Map<String, MimeMessage> byId = new LinkedHashMap<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            byId.putIfAbsent(mail.getMessageID(), mail);
        }
        assertThat(byId).hasSize(count);
        return byId.values().toArray(MimeMessage[]::new);
    }

    private static MailServer server(int port, Tls tls, String password) {
        return new MailServer(
                "127.0.0.1",
                port,
                tls,
                Optional.of(new MailServer.Login("vedette", Secret.of(password))),
                Optional.of(certificate.pem()));
    }

    private static MailServer plain(int port) {
        return new MailServer("127.0.0.1", port, Tls.NONE, Optional.empty(), Optional.empty());
    }

    private static Mail mail(MailServer server, Language language) {
        return mail(server, language, Duration.ofSeconds(10));
    }

    private static Mail mail(MailServer server, Language language, Duration timeout) {
        Destination.Email destination = new Destination.Email(
                server,
                "Vedette <vedette@example.org>",
                List.of("ops@example.org", "night@example.net"),
                Stories.wording(language));
        ChannelSettings settings = new ChannelSettings(
                "mail", destination, Optional.empty(), List.of(), timeout, ChannelSettings.DEFAULT_MAX_WAIT);
        return new Mail(settings, destination, InstantSource.fixed(Events.START));
    }
}
