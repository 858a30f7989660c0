package portail.analyse;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenFilterFactory;
import org.elasticsearch.plugin.settings.AnalysisSettings;
import org.elasticsearch.plugin.settings.BooleanSetting;

/** Writes Latin letters in ASCII. */
@NamedComponent("asciifolding")
public class AsciiFolding implements TokenFilterFactory {

    @AnalysisSettings
    public interface Settings {
        @BooleanSetting(path = "preserve_original", defaultValue = false)
        boolean keepsOriginal();
    }

    private final boolean keepsOriginal;

    @Inject
    public AsciiFolding(Settings settings) {
        keepsOriginal = settings.keepsOriginal();
    }

    @Override
    public TokenStream create(TokenStream words) {
        return new ASCIIFoldingFilter(words, keepsOriginal);
    }
}
