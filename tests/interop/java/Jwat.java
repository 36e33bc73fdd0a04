import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

import org.jwat.common.Diagnosis;
import org.jwat.warc.WarcReader;
import org.jwat.warc.WarcReaderFactory;
import org.jwat.warc.WarcRecord;

/**
 * Reads WARC files with JWAT, digests checked: a line "FILE: N records" for
 * each file, and before it one for each finding, "FILE:OFFSET TYPE: finding".
 */
class Jwat {
    /** JWAT reads 8 KB unless told; one of the world's addresses has 60 KB. */
    static final int MAX_HEADER = 1 << 20;

    static void tell(String path, WarcRecord record, String level, List<Diagnosis> found) {
        for (Diagnosis d : found) {
            String type = record.header.warcTypeStr;
            System.out.println(path + ":" + record.getStartOffset() + " " + type + ": " + level + " "
                    + d.type + ", " + d.entity + " " + Arrays.toString(d.information));
        }
    }

    static int read(String path) throws Exception {
        int n = 0;
        try (InputStream in = new BufferedInputStream(new FileInputStream(path), 1 << 16)) {
            WarcReader reader = WarcReaderFactory.getReader(in, 1 << 16);
            reader.setBlockDigestEnabled(true);
            reader.setPayloadDigestEnabled(true);
            reader.setRecordHeaderMaxSize(MAX_HEADER);
            reader.setPayloadHeaderMaxSize(MAX_HEADER);
            for (WarcRecord record; (record = reader.getNextRecord()) != null; n++) {
                record.close();
                tell(path, record, "error", record.diagnostics.getErrors());
                tell(path, record, "warning", record.diagnostics.getWarnings());
            }
            reader.close();
            if (!reader.isCompliant()) {
                System.out.println(path + ": " + "not compliant");
            }
        }
        return n;
    }

    public static void main(String[] paths) throws Exception {
        for (String path : paths) {
            System.out.println(path + ": " + read(path) + " records");
        }
    }
}
