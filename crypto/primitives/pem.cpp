#include "crypto/primitives/pem.h"

#include "crypto/primitives/key_encoding.h"
#include "crypto/primitives/random.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>

namespace sealwright::crypto {

namespace {

constexpr std::size_t longestPem = 64 * 1024;
// Some three seconds each.
constexpr long mostRounds = 2'000'000;
constexpr std::uint64_t mostScryptWork = 8 * (std::uint64_t{1} << 14) * 8 * 5; // 8 times our own (FORMAT.md §11)

using EncryptedKey = std::unique_ptr<X509_SIG, Releaser<X509_SIG_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Releaser<X509_ALGOR_free>>;
using Pbes2 = std::unique_ptr<PBE2PARAM, Releaser<PBE2PARAM_free>>;
using Scrypt = std::unique_ptr<SCRYPT_PARAMS, Releaser<SCRYPT_PARAMS_free>>;
using Pbkdf2 = std::unique_ptr<PBKDF2PARAM, Releaser<PBKDF2PARAM_free>>;

struct Block {
    std::string name;
    SecretBytes der;
};

Result<Block> firstBlock(std::string_view pem) {
    if (pem.size() > longestPem) {
        return fail(Error::BadEncoding);
    }
    const BioOwner bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    char* name = nullptr;
    char* header = nullptr;
    Byte* data = nullptr;
    long size = 0;
    if (!bio || PEM_read_bio(bio.get(), &name, &header, &data, &size) != 1) {
        ERR_clear_error();
        return fail(Error::BadEncoding);
    }
    Block block{name, SecretBytes(ByteView(data, static_cast<std::size_t>(size)))};
    const bool plainHeader = header[0] == '\0';
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    if (!plainHeader) {
        return fail(Error::BadEncoding);
    }
    return block;
}

template <class Params, class Owner>
Owner unpacked(int type, const void* value, const ASN1_ITEM* item) {
    if (type != V_ASN1_SEQUENCE) {
        return nullptr;
    }
    return Owner(static_cast<Params*>(ASN1_item_unpack(static_cast<const ASN1_STRING*>(value), item)));
}

// N, r and p of scrypt multiply; OpenSSL itself stops only its memory, at 32 MB.
bool affordable(const SCRYPT_PARAMS& scrypt) {
    std::uint64_t work = 1;
    for (const ASN1_INTEGER* factor : {scrypt.costParameter, scrypt.blockSize, scrypt.parallelizationParameter}) {
        std::uint64_t number = 0;
        if (ASN1_INTEGER_get_uint64(&number, factor) != 1 || number == 0 || number > mostScryptWork / work) {
            return false;
        }
        work *= number;
    }
    return true;
}

// A file can ask for any amount of work; what is more than a person would wait for is refused.
bool affordable(const X509_ALGOR* algorithm) {
    const ASN1_OBJECT* object = nullptr;
    int type = 0;
    const void* value = nullptr;
    X509_ALGOR_get0(&object, &type, &value, algorithm);
    if (OBJ_obj2nid(object) != NID_pbes2) {
        return false;
    }
    const auto parameters = unpacked<PBE2PARAM, Pbes2>(type, value, ASN1_ITEM_rptr(PBE2PARAM));
    if (!parameters || !parameters->keyfunc) {
        return false;
    }
    X509_ALGOR_get0(&object, &type, &value, parameters->keyfunc);
    if (OBJ_obj2nid(object) == NID_id_scrypt) {
        const auto scrypt = unpacked<SCRYPT_PARAMS, Scrypt>(type, value, ASN1_ITEM_rptr(SCRYPT_PARAMS));
        return scrypt && affordable(*scrypt);
    }
    if (OBJ_obj2nid(object) != NID_id_pbkdf2) {
        return false;
    }
    const auto derivation = unpacked<PBKDF2PARAM, Pbkdf2>(type, value, ASN1_ITEM_rptr(PBKDF2PARAM));
    const long rounds = derivation ? ASN1_INTEGER_get(derivation->iter) : 0;
    return rounds > 0 && rounds <= mostRounds;
}

Result<SecretBytes> decrypted(ByteView der, ByteView passphrase) {
    const Byte* at = der.data();
    const EncryptedKey sealed(d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
    const X509_ALGOR* algorithm = nullptr;
    if (sealed) {
        X509_SIG_get0(sealed.get(), &algorithm, nullptr);
    }
    if (!sealed || at != der.data() + der.size() || !affordable(algorithm)) {
        return fail(Error::BadEncoding);
    }
    const Pkcs8Info info(PKCS8_decrypt(sealed.get(), reinterpret_cast<const char*>(passphrase.data()),
                                       static_cast<int>(passphrase.size())));
    if (!info) {
        return fail(Error::WrongPassphrase);
    }
    const int size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr);
    if (size <= 0) {
        return fail(Error::LibraryFailure);
    }
    SecretBytes out(static_cast<std::size_t>(size));
    Byte* to = out.revealMutable().data();
    i2d_PKCS8_PRIV_KEY_INFO(info.get(), &to);
    return out;
}

} // namespace

Result<std::string> pkcs8ToEncryptedPem(ByteView der, ByteView passphrase) {
    const Byte* at = der.data();
    const Pkcs8Info info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
    if (!info || at != der.data() + der.size()) {
        ERR_clear_error();
        return fail(Error::BadEncoding);
    }
    std::array<Byte, 16> salt{};
    fillRandom(salt);
    Algorithm algorithm(PKCS5_pbe2_set_scrypt(aes256Cbc(), salt.data(), static_cast<int>(salt.size()), nullptr,
                                              std::uint64_t{1} << 14, 8, 5));
    const EncryptedKey sealed(algorithm
                                  ? PKCS8_set0_pbe(reinterpret_cast<const char*>(passphrase.data()),
                                                   static_cast<int>(passphrase.size()), info.get(), algorithm.get())
                                  : nullptr);
    if (!sealed) {
        ERR_clear_error();
        return fail(Error::LibraryFailure);
    }
    static_cast<void>(algorithm.release()); // now the structure's
    const BioOwner bio(BIO_new(BIO_s_mem()));
    char* text = nullptr;
    if (!bio || PEM_write_bio_PKCS8(bio.get(), sealed.get()) != 1) {
        return fail(Error::LibraryFailure);
    }
    const long size = BIO_get_mem_data(bio.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

Result<SecretBytes> pkcs8FromPem(std::string_view pem, ByteView passphrase) {
    auto block = firstBlock(pem);
    if (!block) {
        return block.failed();
    }
    if (block->name == PEM_STRING_PKCS8INF) {
        // A key of another kind is PKCS#8 too: whoever asks for one of ours says so.
        const auto readable = keyFromPkcs8(block->der.reveal());
        const bool isPkcs8 = readable || readable.error() == Error::BadKey;
        return isPkcs8 ? Result<SecretBytes>(std::move(block->der)) : Result<SecretBytes>(readable.failed());
    }
    if (block->name != PEM_STRING_PKCS8) {
        return fail(Error::BadEncoding);
    }
    auto out = decrypted(block->der.reveal(), passphrase);
    ERR_clear_error();
    return out;
}

Result<PublicNumbers> publicNumbersFromPem(std::string_view pem) {
    const auto block = firstBlock(pem);
    if (!block || block->name != PEM_STRING_PUBLIC) {
        return fail(Error::BadEncoding);
    }
    const ByteView der = block->der.reveal();
    const Byte* at = der.data();
    const EvpKey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    if (!key || at != der.data() + der.size()) {
        return fail(Error::BadEncoding);
    }
    PublicNumbers numbers;
    if (EVP_PKEY_is_a(key.get(), "RSA") == 1) {
        numbers.rsa = rsaNumbersOf(key.get());
    } else if (EVP_PKEY_is_a(key.get(), "ED25519") == 1) {
        Ed25519Public raw{};
        std::size_t size = raw.size();
        if (EVP_PKEY_get_raw_public_key(key.get(), raw.data(), &size) != 1) {
            return fail(Error::LibraryFailure);
        }
        numbers.ed25519 = raw;
    } else {
        return fail(Error::BadKey);
    }
    return numbers;
}

} // namespace sealwright::crypto
