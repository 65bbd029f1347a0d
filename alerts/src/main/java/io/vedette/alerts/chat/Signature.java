package io.vedette.alerts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signatures that group robots ask for. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * Feishu's: nothing, signed with time and secret.
     *
     * @param timestamp seconds since 1970
     */
    static String feishu(String timestamp, String secret) {
        return signed("", timestamp + '\n' + secret);
    }

    /**
     * DingTalk's: time and secret, signed with the secret.
     *
     * @param timestamp milliseconds since 1970
     */
    static String dingTalk(String timestamp, String secret) {
        return signed(timestamp + '\n' + secret, secret);
    }

    private static String signed(String text, String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }
}
