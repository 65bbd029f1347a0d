package io.vedette.alerts.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.MailServer;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.alerts.delivery.Transport;
import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.MessageWriter;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells people by mail, as text and as HTML. What becomes of an alert is an answer to the mail that told of it last, so that mail programs show both as one
 * conversation. The same news has the same {@code Message-ID} at each attempt.
 */
public final class Mail implements Transport {
    private final Destination.Email destination;
    private final Duration timeout;
    private final MessageWriter writer;
    private final InstantSource clock;

    /**
     * @param destination that of the settings
     * @param clock for the mails' dates
     */
    public Mail(ChannelSettings settings, Destination.Email destination, InstantSource clock) {
        this.destination = destination;
        this.timeout = settings.timeout();
        this.writer = new MessageWriter(destination.wording());
        this.clock = clock;
    }

    @Override
    public Answer send(List<News> news) {
        Message message = writer.write(news);
        String id = messageId(news);
        try {
            Session session = MailSession.of(destination.server(), timeout);
            hand(mail(session, message, id, references(news)), session);
            return Answer.delivered(id);
        } catch (MessagingException e) {
            Answer answer = MailAnswers.of(e);
            return answer.outcome() == Outcome.DELIVERED ? Answer.delivered(id) : answer;
        } catch (IOException e) {
            return Answer.retry(String.valueOf(e.getMessage()));
        }
    }

    private void hand(MimeMessage mail, Session session) throws MessagingException, IOException {
        try (jakarta.mail.Transport transport = session.getTransport()) {
            Optional<MailServer.Login> login = destination.server().login();
            if (login.isPresent()) {
                transport.connect(login.get().username(), login.get().password().reveal());
            } else {
                transport.connect();
            }
            transport.sendMessage(mail, mail.getAllRecipients());
        }
    }

    private MimeMessage mail(Session session, Message message, String id, Set<String> references)
            throws MessagingException {
        MimeMessage mail = new IdentifiedMail(session, id);
        mail.setFrom(new InternetAddress(destination.from()));
        for (String to : destination.to()) {
            mail.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(to));
        }
        mail.setSubject(message.title().replace('\n', ' '), UTF_8.name());
        mail.setSentDate(Date.from(clock.instant()));
        if (!references.isEmpty()) {
            mail.setHeader("In-Reply-To", references.iterator().next());
            mail.setHeader("References", String.join("\r\n ", references));
        }
        // Out-of-office replies are for people (RFC 3834).
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("Importance", message.tone() == Message.Tone.CRITICAL ? "high" : "normal");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(MailText.of(message), UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(MailHtml.of(message), UTF_8.name(), "html");
        mail.setContent(new MimeMultipart("alternative", text, html));
        mail.saveChanges();
        return mail;
    }

    private static Set<String> references(List<News> news) {
        Set<String> references = new LinkedHashSet<>();
        news.forEach(one -> one.receipt().ifPresent(references::add));
        return references;
    }

    private String messageId(List<News> news) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            news.stream().map(one -> one.event().id()).sorted().forEach(id -> digest.update(id.getBytes(UTF_8)));
            String hash = HexFormat.of().formatHex(digest.digest(), 0, 16);
            return '<' + hash + '@' + domain() + '>';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private String domain() {
        return destination.from().replaceAll(".*@|[>\\s]", "");
    }

    /** A mail that keeps the identity that it was given. */
    private static final class IdentifiedMail extends MimeMessage {
        private final String id;

        IdentifiedMail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
