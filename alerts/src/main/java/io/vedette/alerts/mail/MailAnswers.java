package io.vedette.alerts.mail;

import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.http.Reply;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * What it means when a mail could not be handed over: a code of SMTP that begins with 4 may go well later, as may everything that has no code; one that
 * begins with 5 won't (RFC 5321, 4.2.1).
 */
final class MailAnswers {
    private static final Pattern CODE = Pattern.compile("\\b([45])[0-9]{2}\\b[ -]");

    private MailAnswers() {}

    static Answer of(MessagingException failure) {
        if (failure instanceof SendFailedException some && isSentToSome(some)) {
            return Answer.DELIVERED;
        }
        List<Exception> all = chain(failure);
        for (Exception one : all) {
            int code = code(one);
            if (code >= 400) {
                String said = "SMTP " + code + ": " + Reply.quoted(String.valueOf(one.getMessage()));
                return code < 500 ? Answer.retry(said) : Answer.refused(said);
            }
        }
        if (failure instanceof AuthenticationFailedException) {
            return ofLogin(failure);
        }
        for (Exception one : all) {
            if (one instanceof SSLException) {
                return Answer.retry("TLS: " + Reply.quoted(String.valueOf(one.getMessage()))
                        + "; check tls, the server's name in smarthost, and ca_file for a certificate of your own");
            }
            if (one instanceof UnknownHostException) {
                return Answer.retry("unknown host");
            }
        }
        Exception last = all.get(all.size() - 1);
        return Answer.retry(
                last instanceof IOException
                        ? "no connection (" + last.getClass().getSimpleName() + ")"
                        : Reply.quoted(String.valueOf(failure.getMessage())));
    }

    /** The rest of the receivers is unknown to the server for good; those that are left have it. */
    private static boolean isSentToSome(SendFailedException failure) {
        return failure.getValidSentAddresses() != null && failure.getValidSentAddresses().length > 0;
    }

    private static Answer ofLogin(MessagingException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher code = CODE.matcher(message);
        boolean later = code.find() && code.group(1).equals("4");
        String said = "the server does not take the login: " + Reply.quoted(message);
        return later ? Answer.retry(said) : Answer.refused(said + "; check username and password");
    }

    private static int code(Exception failure) {
        if (failure instanceof SMTPSendFailedException send) {
            return send.getReturnCode();
        }
        if (failure instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        return failure instanceof SMTPSenderFailedException sender ? sender.getReturnCode() : 0;
    }

    private static List<Exception> chain(MessagingException failure) {
        List<Exception> all = new ArrayList<>();
        Exception next = failure;
        while (next != null && all.size() < 20) {
            all.add(next);
            Exception nested = next instanceof MessagingException messaging ? messaging.getNextException() : null;
            next = nested != null ? nested : next.getCause() instanceof Exception cause ? cause : null;
        }
        return all;
    }
}
