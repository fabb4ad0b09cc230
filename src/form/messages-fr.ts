import type { Messages } from './messages.ts';

/** `\u202f` is the narrow space that French wants before `: ; ! ?` and `»`. */
export const french: Messages = {
  pageTitle: 'Envoyer un fichier',
  chooseFile: 'Choisissez un fichier',
  upload: 'Envoyer',
  refusalHint:
    'Si une page de code s’affiche, le fichier a été refusé\u202f: revenez en arrière et choisissez-en un autre.',
  optional: 'facultatif',
  startWith: 'Commencez par «\u202f{prefix}\u202f».',
  limits: '{types}. {max} au maximum.',
  sizeLimit: '{max} au maximum.',
  uploadedTitle: 'Votre fichier est bien arrivé',
  fileName: 'Fichier',
  fileSize: 'Taille',
  fileType: 'Type',
  uploadAnother: 'Envoyer un autre fichier',
  goOn: 'Continuer vers {site}',
  errorTitle: 'L’envoi n’a pas abouti',
  errorPageTitle: 'Erreur\u202f: {title}',
  backToForm: 'Aller à la page d’envoi',
  loadAgain: 'Recharger cette page',
  errorCode: 'Code\u202f: {code}',
  kinds: {
    'audio/*': 'fichiers audio',
    'image/*': 'images',
    'text/*': 'fichiers texte',
    'video/*': 'vidéos',
  },
  errors: {
    host_invalid:
      'Votre navigateur n’a pas indiqué le site demandé. Passez par la page d’accueil du site.',
    method_not_allowed:
      'Cette adresse n’accepte pas ce genre de requête. Passez par la page d’envoi.',
    return_incomplete:
      'L’espace de stockage n’a pas indiqué le fichier enregistré. Envoyez-le à nouveau.',
    receipt_invalid:
      'Cette adresse ne vient pas de ce site ou a été modifiée. Envoyez le fichier à nouveau.',
    receipt_expired: 'Cette adresse a expiré. Envoyez le fichier à nouveau.',
    return_mismatch: 'Cet envoi appartient à un autre formulaire. Envoyez le fichier à nouveau.',
    object_mismatch:
      'Cet envoi appartient à un autre formulaire, ou un autre fichier a pris sa place. Envoyez le fichier à nouveau.',
    object_not_found: 'Le fichier n’est pas arrivé. Envoyez-le à nouveau.',
    type_not_allowed: 'Les fichiers de ce type ne sont pas acceptés. Choisissez un autre fichier.',
    filename_invalid: 'Un fichier de ce nom ne peut pas être envoyé. Renommez-le.',
    type_invalid:
      'Votre navigateur n’a pas indiqué le type du fichier. Choisissez un autre fichier.',
    size_invalid:
      'Votre navigateur n’a pas indiqué la taille du fichier. Choisissez un autre fichier.',
    file_too_large: 'Le fichier est trop volumineux. Choisissez-en un plus petit.',
    file_too_small: 'Le fichier est vide ou trop petit. Choisissez-en un autre.',
    context_invalid:
      'Ce formulaire appartient à une autre page ou à une autre personne. Rechargez cette page.',
    context_expired: 'Ce formulaire est resté ouvert trop longtemps. Rechargez cette page.',
    on_uploaded_failed:
      'Le fichier est arrivé, mais ce site n’a pas pu le prendre en charge. Rechargez cette page dans un instant.',
    confirm_forbidden:
      'Le fichier est peut-être arrivé, mais ce site n’a pas le droit de le vérifier. Signalez-le aux responsables du site.',
    confirm_failed:
      'Le fichier est peut-être arrivé, mais la réponse de l’espace de stockage n’est pas claire. Signalez-le aux responsables du site.',
    confirm_unavailable:
      'Le fichier est peut-être arrivé, mais l’espace de stockage ne répond pas. Rechargez cette page dans un instant.',
    credentials_unavailable:
      'Les envois sont impossibles pour le moment. Rechargez cette page dans un instant.',
  },
  script: {
    label: { one: 'Votre fichier', other: 'Vos fichiers' },
    choose: { one: 'Choisir un fichier', other: 'Choisir des fichiers' },
    drop: { one: 'ou déposez-le ici', other: 'ou déposez-les ici' },
    waiting: 'Prêt à être envoyé',
    queued: 'En attente de son tour',
    preparing: 'Préparation…',
    uploading: 'Envoyé à {percent}',
    finishing: 'Finalisation…',
    confirming: 'Arrivé. Vérification…',
    done: 'Envoyé',
    cancelled: 'Annulé',
    cancelledLate: 'Annulé. L’espace de stockage l’a peut-être déjà conservé.',
    cancel: 'Annuler',
    remove: 'Retirer',
    retry: 'Réessayer',
    goOn: 'Continuer',
    noFile: 'Choisissez d’abord un fichier.',
    wrongType: '{name} n’est pas du bon type. Types acceptés\u202f: {types}.',
    tooLarge: '{name} est trop volumineux ({size}). Le maximum est de {max}.',
    tooSmall: '{name} est trop petit ({size}). Le minimum est de {min}.',
    empty: '{name} est vide. Choisissez un autre fichier.',
    folder: '{name} est un dossier. Choisissez les fichiers qu’il contient.',
    emptyFolder: 'Le dossier {name} ne contient aucun fichier.',
    unreadable: 'La lecture de {name} est impossible.',
    alreadyChosen: '{name} est déjà dans la liste.',
    andMore: 'Et {count} de plus.',
    tooMany: {
      one: 'Un seul fichier peut être envoyé ici.',
      other: 'Seuls {max} fichiers peuvent être envoyés ici.',
    },
    changed:
      '{name} a été modifié ou supprimé depuis que vous l’avez choisi. Choisissez-le à nouveau.',
    offline: 'Vous êtes hors ligne. L’envoi reprendra dès que vous serez de nouveau en ligne.',
    lostRetrying: 'La connexion a été perdue. Nouvel essai…',
    busyRetrying: 'Le serveur est saturé. Nouvel essai…',
    lost: '{name} n’a pas pu être envoyé. Vérifiez votre connexion et réessayez.',
    unavailable:
      '{name} n’a pas pu être envoyé, car l’espace de stockage est en panne. Réessayez plus tard.',
    siteUnavailable:
      '{name} n’a pas pu être envoyé, car ce site ne répond pas. Réessayez plus tard.',
    tooOften:
      '{name} n’a pas pu être envoyé, car il y a eu trop d’envois à la fois. Réessayez dans une minute.',
    signedOut:
      'Ce site ne vous permet plus d’envoyer de fichiers. Vous avez peut-être été déconnecté\u202f: rechargez cette page.',
    expired: 'L’envoi de {name} a pris trop de temps et son autorisation a expiré. Réessayez.',
    refused:
      'L’espace de stockage a refusé {name}. Vous n’y pouvez rien\u202f: signalez-le aux responsables du site ({code}).',
    siteRefused: '{name} n’a pas été accepté. {reason}',
    blockedCsp:
      'Les réglages de cette page empêchent l’envoi. Signalez-le aux responsables du site (Content-Security-Policy).',
    blockedCors:
      'L’espace de stockage n’accepte pas de fichiers venant de cette page. Signalez-le aux responsables du site (CORS).',
    plain: 'Envoi de {name}. Sa progression ne peut pas être affichée.',
    tooOld: 'Cette page est ouverte depuis trop longtemps. Rechargez-la.',
    unconfirmed: '{name} est arrivé, mais ce site n’a pas pu le confirmer. Réessayez.',
    notAccepted: '{name} a été envoyé, mais ce site ne l’a pas accepté. {reason}',
    chosen: { one: '{name} choisi.', other: '{count} fichiers choisis.' },
    removed: '{name} retiré.',
    about: '{name}\u202f: {status}',
    started: { one: 'Envoi de {name}.', other: 'Envoi de {count} fichiers.' },
    uploadedOne: '{name} envoyé.',
    summary: { one: 'Votre fichier est envoyé.', other: 'Les {total} fichiers sont envoyés.' },
    summaryFailed: {
      one: 'L’envoi n’est pas terminé.',
      other: 'Envois terminés\u202f: {done} sur {total}. Non terminés\u202f: {failed}.',
    },
  },
};
